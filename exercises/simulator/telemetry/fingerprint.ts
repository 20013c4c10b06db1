const scratch = new Float64Array(1)
const scratchWords = new Uint32Array(scratch.buffer)

/**
 * A hash of 64 bits in two lanes, for telling whether two runs are the same, not for security.
 * Words are mixed as MurmurHash3 does (Appleby, public domain), with another constant in the second lane.
 */
export class Fingerprint {
  private one = 0x9747b28c | 0
  private two = 0x3c6ef372 | 0

  /** Adds 32 bits. */
  word(word: number): void {
    let one = Math.imul(word, 0xcc9e2d51)
    one = Math.imul((one << 15) | (one >>> 17), 0x1b873593)
    const next = this.one ^ one
    this.one = (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0
    const mixed = Math.imul(word ^ this.two, 0x85ebca6b)
    this.two = (((mixed << 17) | (mixed >>> 15)) + this.one) | 0
  }

  /** Adds a number; all NaNs are one. */
  number(value: number): void {
    scratch[0] = value
    if (value !== value) {
      this.word(0x7ff80000)
      this.word(0)
      return
    }
    this.word(scratchWords[0] ?? 0)
    this.word(scratchWords[1] ?? 0)
  }

  /** Adds the length and the characters of a text. */
  text(text: string): void {
    this.word(text.length)
    for (let at = 0; at < text.length; at += 1) this.word(text.charCodeAt(at))
  }

  /** Adds the length and each number. */
  numbers(values: Float64Array, length: number): void {
    this.word(length)
    for (let at = 0; at < length; at += 1) this.number(values[at] ?? 0)
  }

  /** Adds the length and the bytes, four at a time. */
  bytes(bytes: Uint8Array, length: number): void {
    this.word(length)
    let at = 0
    for (; at + 4 <= length; at += 4) {
      this.word((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24))
    }
    for (; at < length; at += 1) this.word(bytes[at] ?? 0)
  }

  /** 16 hex digits. */
  digest(): string {
    return (this.one >>> 0).toString(16).padStart(8, '0') + (this.two >>> 0).toString(16).padStart(8, '0')
  }
}
