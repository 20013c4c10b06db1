const firstCapacity = 1024
const none = -1

/** Saved entries. */
export interface EntryState {
  readonly keys: Float64Array
  readonly expiresUs: Float64Array
  readonly newer: Int32Array
  readonly older: Int32Array
  readonly numbers: readonly number[]
}

/** Keys with their expiry, in order of use: a table of numbers and a list through it, so that a hit moves no memory. */
export class Entries {
  private slots = new Map<number, number>()
  private keys = new Float64Array(firstCapacity)
  private expiresUs = new Float64Array(firstCapacity)
  private newer = new Int32Array(firstCapacity)
  private older = new Int32Array(firstCapacity)
  private newest = none
  private oldest = none
  private free = none
  private used = 0

  get size(): number {
    return this.slots.size
  }

  /** When a key expires; -1 when it is not there. A key that is there is now the newest used. */
  use(key: number): number {
    const slot = this.slots.get(key)
    if (slot === undefined) return -1
    if (slot !== this.newest) {
      this.unlink(slot)
      this.link(slot)
    }
    return this.expiresUs[slot] as number
  }

  /** Adds or renews a key, as the newest used. */
  set(key: number, expiresUs: number): void {
    let slot = this.slots.get(key)
    if (slot === undefined) {
      slot = this.take()
      this.slots.set(key, slot)
      this.keys[slot] = key
    } else this.unlink(slot)
    this.expiresUs[slot] = expiresUs
    this.link(slot)
  }

  /** Takes a key out; nothing happens when it is not there. */
  delete(key: number): void {
    const slot = this.slots.get(key)
    if (slot === undefined) return
    this.slots.delete(key)
    this.unlink(slot)
    this.newer[slot] = this.free
    this.free = slot
  }

  /** Takes out all keys for which a condition holds. Returns how many. */
  deleteWhere(matches: (key: number) => boolean): number {
    const found = [...this.slots.keys()].filter(matches)
    for (const key of found) this.delete(key)
    return found.length
  }

  /** Takes out the key that has not been used for longest. */
  evict(): void {
    if (this.oldest !== none) this.delete(this.keys[this.oldest] as number)
  }

  clear(): void {
    this.slots = new Map()
    this.newest = none
    this.oldest = none
    this.free = none
    this.used = 0
  }

  save(): EntryState {
    const { used } = this
    return {
      keys: this.keys.slice(0, used), expiresUs: this.expiresUs.slice(0, used), newer: this.newer.slice(0, used), older: this.older.slice(0, used),
      numbers: [this.newest, this.oldest, this.free, used],
    }
  }

  load(state: EntryState): void {
    const [newest = none, oldest = none, free = none, used = 0] = state.numbers
    while (this.keys.length < used) this.grow()
    this.keys.set(state.keys)
    this.expiresUs.set(state.expiresUs)
    this.newer.set(state.newer)
    this.older.set(state.older)
    this.newest = newest
    this.oldest = oldest
    this.free = free
    this.used = used
    this.slots = new Map()
    for (let slot = oldest; slot !== none; slot = this.newer[slot] as number) this.slots.set(this.keys[slot] as number, slot)
  }

  private take(): number {
    const slot = this.free
    if (slot !== none) {
      this.free = this.newer[slot] as number
      return slot
    }
    if (this.used === this.keys.length) this.grow()
    this.used += 1
    return this.used - 1
  }

  private link(slot: number): void {
    this.newer[slot] = none
    this.older[slot] = this.newest
    if (this.newest === none) this.oldest = slot
    else this.newer[this.newest] = slot
    this.newest = slot
  }

  private unlink(slot: number): void {
    const newer = this.newer[slot] as number
    const older = this.older[slot] as number
    if (newer === none) this.newest = older
    else this.older[newer] = older
    if (older === none) this.oldest = newer
    else this.newer[older] = newer
  }

  private grow(): void {
    const capacity = this.keys.length * 2
    const doubles = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(capacity)
      grown.set(column)
      return grown
    }
    const integers = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(capacity)
      grown.set(column)
      return grown
    }
    this.keys = doubles(this.keys)
    this.expiresUs = doubles(this.expiresUs)
    this.newer = integers(this.newer)
    this.older = integers(this.older)
  }
}
