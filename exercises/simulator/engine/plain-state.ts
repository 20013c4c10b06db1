/** State as plain data: what a component may hold between events, how it is copied, and how it is told apart. */

/**
 * A deep copy of plain data: what survives structured cloning, so that a snapshot can go to another worker.
 * Numbers, strings, arrays, records, typed arrays, Maps and Sets of them.
 * @throws TypeError for a function, a symbol or an object with a class of its own
 */
export function copyState<T>(state: T): T {
  return copyOf(state) as T
}

function copyOf(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`State holds a ${typeof value}; keep only plain data between events.`)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf)
  if (ArrayBuffer.isView(value)) return copyOfView(value)
  if (value instanceof Map) return new Map(Array.from(value, ([key, entry]) => [copyOf(key), copyOf(entry)]))
  if (value instanceof Set) return new Set(Array.from(value, copyOf))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`State holds a ${value.constructor.name}; keep only plain data between events.`)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copyOf(entry)]))
}

function copyOfView(view: ArrayBufferView): ArrayBufferView {
  if ('slice' in view && typeof view.slice === 'function') {
    const copy: unknown = view.slice()
    if (ArrayBuffer.isView(copy)) return copy
  }
  return new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength))
}

/**
 * A fingerprint of plain data, 16 hex digits: equal data of equal order gives equal fingerprints on every machine.
 * Two FNV-1a hashes of 32 bits with different offsets; made to notice differences, not to resist an attacker.
 */
export function hashState(state: unknown): string {
  const hash = new StateHash()
  hash.add(state)
  return hash.digest()
}

class StateHash {
  private one = 0x811c9dc5 | 0
  private two = 0x1b873593
  private readonly double = new Float64Array(1)
  private readonly bytes = new Uint8Array(this.double.buffer)

  add(value: unknown): void {
    if (value === null || value === undefined || typeof value === 'boolean') this.text(String(value))
    else if (typeof value === 'number') this.number(value)
    else if (typeof value === 'string') this.text(`"${value}`)
    else if (typeof value === 'bigint') this.text(`${value}n`)
    else if (typeof value === 'object') this.object(value)
    else throw new TypeError(`State holds a ${typeof value}; keep only plain data between events.`)
  }

  digest(): string {
    return hex(this.one) + hex(this.two)
  }

  private object(value: object): void {
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      this.text(`bytes ${bytes.length}`)
      for (const byte of bytes) this.byte(byte)
    } else if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
      const entries: unknown[] = Array.from<unknown>(value)
      this.text(`list ${entries.length}`)
      for (const entry of entries) this.add(entry)
    } else {
      const entries = Object.entries(value)
      this.text(`record ${entries.length}`)
      for (const [key, entry] of entries) {
        this.text(key)
        this.add(entry)
      }
    }
  }

  private number(value: number): void {
    // Every NaN is the same here: engines may keep different payloads.
    this.double[0] = Number.isNaN(value) ? 0 : value
    this.byte(Number.isNaN(value) ? 1 : 0)
    for (const byte of this.bytes) this.byte(byte)
  }

  private text(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      this.byte(unit & 0xff)
      this.byte(unit >>> 8)
    }
    this.byte(0xff)
  }

  private byte(byte: number): void {
    this.one = Math.imul(this.one ^ byte, 0x01000193)
    this.two = Math.imul(this.two ^ byte, 0x01000193) + 0x9e3779b9
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
