const hex = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** Random bytes that `uuidV7` needs. */
export const uuidRandomBytes = 10

/**
 * UUID version 7 (RFC 9562, 5.7): sorts by time, then by chance.
 * @param atMs milliseconds since the Unix epoch, 0 up to 2^48 - 1
 * @param random at least 10 bytes from a good source
 * @throws RangeError when the time does not fit or bytes are missing; both are bugs of the caller
 */
export function uuidV7(atMs: number, random: Uint8Array): string {
  if (!Number.isInteger(atMs) || atMs < 0 || atMs >= 2 ** 48) throw new RangeError(`A UUIDv7 needs a time in milliseconds, got ${atMs}.`)
  if (random.length < uuidRandomBytes) throw new RangeError(`A UUIDv7 needs ${uuidRandomBytes} random bytes, got ${random.length}.`)
  const bytes = new Uint8Array(16)
  let rest = atMs
  for (let position = 5; position >= 0; position -= 1) {
    bytes[position] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes.set(random.subarray(0, uuidRandomBytes), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const text = Array.from(bytes, (byte) => hex[byte]).join('')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}

/** The time inside a UUIDv7, in milliseconds since the Unix epoch. */
export function uuidTimeMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
