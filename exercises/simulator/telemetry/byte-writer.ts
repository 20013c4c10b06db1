const canonicalNaN = Number.NaN

/** Most bytes that `value` or `unsigned` writes. */
export const valueBytesMax = 9

/**
 * Appends numbers in few bytes to an array that grows.
 * Bytes below `length` never change, so readers and snapshots may keep a view of them.
 */
export class ByteWriter {
  bytes: Uint8Array
  length = 0
  private view: DataView

  constructor(bytes: Uint8Array, length: number) {
    this.bytes = bytes
    this.length = length
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Makes room for `count` more bytes; the methods below do not check. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.grow(this.length + count)
  }

  /** A whole number from 0 to 2^53 - 1, seven bits to the byte, low bits first. */
  unsigned(value: number): void {
    const { bytes } = this
    let rest = value
    let at = this.length
    if (rest < 0x80) {
      bytes[at] = rest
      this.length = at + 1
      return
    }
    while (rest >= 0x8000_0000) {
      bytes[at] = (rest % 0x80) | 0x80
      at += 1
      rest = Math.floor(rest / 0x80)
    }
    let word = rest | 0
    while (word >= 0x80) {
      bytes[at] = (word & 0x7f) | 0x80
      at += 1
      word >>>= 7
    }
    bytes[at] = word
    this.length = at + 1
  }

  /** A whole number between -2^52 and 2^52; small magnitudes take few bytes. */
  signed(value: number): void {
    this.unsigned(value >= 0 ? value * 2 : -value * 2 - 1)
  }

  /** Any number: NaN one byte, small whole numbers one to three, others nine. */
  value(value: number): void {
    const word = value | 0
    if (word === value && word >= 0 && word < 0x3fff_ffff) {
      this.unsigned(word * 2 + 2)
      return
    }
    if (Number.isSafeInteger(value) && value < 0x4_0000_0000_0000 && value > -0x4_0000_0000_0000) {
      this.unsigned((value >= 0 ? value * 2 : -value * 2 - 1) + 2)
      return
    }
    if (Number.isNaN(value)) {
      this.bytes[this.length] = 0
      this.length += 1
      return
    }
    this.bytes[this.length] = 1
    this.view.setFloat64(this.length + 1, value, true)
    this.length += valueBytesMax
  }

  /** Starts over with an empty array of `capacity` bytes and hands back the written bytes, trimmed. */
  take(capacity: number): Uint8Array {
    const taken = this.bytes.slice(0, this.length)
    this.replace(new Uint8Array(capacity), 0)
    return taken
  }

  /** Continues after `length` bytes of an array. A full array is copied before it is written to. */
  replace(bytes: Uint8Array, length: number): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.length = length
  }

  private grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2, 256))
    grown.set(this.bytes.subarray(0, this.length))
    this.replace(grown, this.length)
  }
}

/** Reads what a ByteWriter wrote. */
export class ByteReader {
  at = 0
  private bytes: Uint8Array

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** Goes on elsewhere, so that one reader can serve many short reads. */
  open(bytes: Uint8Array, at: number): void {
    this.bytes = bytes
    this.at = at
  }

  /** Inverse of `ByteWriter.unsigned`. */
  unsigned(): number {
    const { bytes } = this
    let byte = bytes[this.at] as number
    this.at += 1
    if (byte < 0x80) return byte
    let result = byte & 0x7f
    let scale = 0x80
    do {
      byte = bytes[this.at] as number
      this.at += 1
      result += (byte & 0x7f) * scale
      scale *= 0x80
    } while (byte >= 0x80)
    return result
  }

  /** Inverse of `ByteWriter.signed`. */
  signed(): number {
    const code = this.unsigned()
    return code % 2 === 0 ? code / 2 : -(code + 1) / 2
  }

  /** Inverse of `ByteWriter.value`. */
  value(): number {
    const code = this.unsigned()
    if (code === 0) return canonicalNaN
    if (code > 1) return code % 2 === 0 ? (code - 2) / 2 : -(code - 1) / 2
    // Rare enough that most readers never need the view.
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 8).getFloat64(0, true)
    this.at += 8
    return value
  }

  /** Passes over one `value`. */
  skipValue(): void {
    if (this.unsigned() === 1) this.at += 8
  }
}
