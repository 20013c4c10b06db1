import { mix32 } from './trace-ids.ts'

/** No slot, no record. */
export const none = -1
const firstSlots = 1024

/** Why a trace's remaining records are kept or not. */
export const traceFate = { open: 0, kept: 1, dropped: 2 } as const

/** Saved table: copies of its columns. */
export interface TraceTableState {
  readonly columns: readonly (Uint32Array | Int32Array | Uint8Array | Float64Array)[]
  readonly numbers: readonly number[]
}

/**
 * Traces in progress and traces lately decided, found by their two words.
 * Open addressing with linear probing; slots of two linked lists (open, decided), each in order of arrival.
 */
export class TraceTable {
  hi = new Uint32Array(firstSlots)
  lo = new Uint32Array(firstSlots)
  /** First and last record of the trace in the pool of pending records. */
  head = new Int32Array(firstSlots)
  tail = new Int32Array(firstSlots)
  fate = new Uint8Array(firstSlots)
  error = new Uint8Array(firstSlots)
  /** Number of its records in the pool. */
  records = new Uint32Array(firstSlots)
  /** Simulation time of the first record. */
  sinceUs = new Float64Array(firstSlots)
  oldestOpen = none
  oldestDecided = none
  decided = 0
  private older = new Int32Array(firstSlots)
  private newer = new Int32Array(firstSlots)
  private newestOpen = none
  private newestDecided = none
  private free = none
  private used = 0
  private buckets = new Int32Array(firstSlots * 2).fill(none)

  /** The slot of a trace, or -1. */
  find(hi: number, lo: number): number {
    const { buckets } = this
    const mask = buckets.length - 1
    let at = hash(hi, lo) & mask
    for (;;) {
      const slot = buckets[at] as number
      if (slot === none || (this.lo[slot] === lo && this.hi[slot] === hi)) return slot
      at = (at + 1) & mask
    }
  }

  /** A slot for a trace that is not in the table; it joins the open traces. */
  insert(hi: number, lo: number, sinceUs: number): number {
    const slot = this.takeSlot()
    this.hi[slot] = hi
    this.lo[slot] = lo
    this.head[slot] = none
    this.tail[slot] = none
    this.fate[slot] = traceFate.open
    this.error[slot] = 0
    this.records[slot] = 0
    this.sinceUs[slot] = sinceUs
    this.place(slot)
    this.older[slot] = this.newestOpen
    this.newer[slot] = none
    if (this.newestOpen === none) this.oldestOpen = slot
    else this.newer[this.newestOpen] = slot
    this.newestOpen = slot
    return slot
  }

  /** Moves an open trace to the decided ones. */
  decide(slot: number, fate: number): void {
    const older = this.older[slot] as number
    const newer = this.newer[slot] as number
    if (older === none) this.oldestOpen = newer
    else this.newer[older] = newer
    if (newer === none) this.newestOpen = older
    else this.older[newer] = older
    this.fate[slot] = fate
    this.head[slot] = none
    this.tail[slot] = none
    this.newer[slot] = none
    if (this.newestDecided === none) this.oldestDecided = slot
    else this.newer[this.newestDecided] = slot
    this.newestDecided = slot
    this.decided += 1
  }

  /** The open trace that came after `slot`, or -1. */
  nextOpen(slot: number): number {
    return this.newer[slot] ?? none
  }

  /** Forgets the trace that was decided first. */
  forgetOldestDecided(): void {
    const slot = this.oldestDecided
    if (slot === none) return
    this.oldestDecided = this.newer[slot] as number
    if (this.oldestDecided === none) this.newestDecided = none
    this.decided -= 1
    this.unplace(slot)
    this.newer[slot] = this.free
    this.free = slot
  }

  /** A copy of everything. */
  save(): TraceTableState {
    const { used } = this
    return {
      columns: this.columns().map((column) => column.slice(0, used)),
      numbers: [this.oldestOpen, this.newestOpen, this.oldestDecided, this.newestDecided, this.decided, this.free, used],
    }
  }

  /** Restores what `save` gave. */
  load(state: TraceTableState): void {
    const [oldestOpen = none, newestOpen = none, oldestDecided = none, newestDecided = none, decided = 0, free = none, used = 0] = state.numbers
    let capacity = firstSlots
    while (capacity < used) capacity *= 2
    this.allocate(capacity)
    const own = this.columns()
    own.forEach((column, at) => column.set(state.columns[at] ?? []))
    Object.assign(this, { oldestOpen, newestOpen, oldestDecided, newestDecided, decided, free, used })
    for (let slot = oldestOpen; slot !== none; slot = this.newer[slot] ?? none) this.place(slot)
    for (let slot = oldestDecided; slot !== none; slot = this.newer[slot] ?? none) this.place(slot)
  }

  /** Bytes held. */
  bytes(): number {
    return this.hi.length * 38 + this.buckets.byteLength
  }

  private columns(): (Uint32Array | Int32Array | Uint8Array | Float64Array)[] {
    return [this.hi, this.lo, this.head, this.tail, this.fate, this.error, this.records, this.sinceUs, this.older, this.newer]
  }

  private takeSlot(): number {
    if (this.free !== none) {
      const slot = this.free
      this.free = this.newer[slot] as number
      return slot
    }
    if (this.used === this.hi.length) this.grow()
    this.used += 1
    return this.used - 1
  }

  private grow(): void {
    const before = this.columns()
    this.allocate(this.hi.length * 2)
    const own = this.columns()
    own.forEach((column, at) => column.set(before[at] ?? []))
    // Growth happens when no slot is free, so every slot is in the table.
    for (let slot = 0; slot < this.used; slot += 1) this.place(slot)
  }

  private allocate(capacity: number): void {
    this.hi = new Uint32Array(capacity)
    this.lo = new Uint32Array(capacity)
    this.head = new Int32Array(capacity)
    this.tail = new Int32Array(capacity)
    this.fate = new Uint8Array(capacity)
    this.error = new Uint8Array(capacity)
    this.records = new Uint32Array(capacity)
    this.sinceUs = new Float64Array(capacity)
    this.older = new Int32Array(capacity)
    this.newer = new Int32Array(capacity)
    this.buckets = new Int32Array(capacity * 2).fill(none)
  }

  private place(slot: number): void {
    const { buckets } = this
    const mask = buckets.length - 1
    let at = hash(this.hi[slot] as number, this.lo[slot] as number) & mask
    while (buckets[at] !== none) at = (at + 1) & mask
    buckets[at] = slot
  }

  /** Knuth's deletion for linear probing (TAOCP 6.4, algorithm R): later entries move back into the hole. */
  private unplace(slot: number): void {
    const { buckets } = this
    const mask = buckets.length - 1
    let hole = hash(this.hi[slot] as number, this.lo[slot] as number) & mask
    while (buckets[hole] !== slot) hole = (hole + 1) & mask
    let at = hole
    for (;;) {
      at = (at + 1) & mask
      const other = buckets[at] as number
      if (other === none) break
      const home = hash(this.hi[other] as number, this.lo[other] as number) & mask
      if (((at - home) & mask) < ((at - hole) & mask)) continue
      buckets[hole] = other
      hole = at
    }
    buckets[hole] = none
  }
}

function hash(hi: number, lo: number): number {
  return mix32(lo ^ Math.imul(hi, 0x85ebca77))
}
