import { spanFieldsMax } from './fields.ts'
import { none } from './trace-table.ts'

const firstCapacity = 1024

/** Saved records: copies of the used part of the columns. */
export interface PendingRecordsState {
  readonly columns: readonly (Float64Array | Uint32Array | Int32Array)[]
  readonly free: number
  readonly used: number
  readonly count: number
}

/** Spans and span events of traces that are not decided yet: a pool of slots in typed arrays, linked per trace. */
export class PendingRecords {
  /** Records held. */
  count = 0
  /** Operation number for a span; for an event its number, as -1 - number. */
  kind = new Int32Array(firstCapacity)
  startUs = new Float64Array(firstCapacity)
  durationUs = new Float64Array(firstCapacity)
  span = new Uint32Array(firstCapacity)
  parent = new Uint32Array(firstCapacity)
  /** Status in the low two bits, number of the message above. */
  status = new Uint32Array(firstCapacity)
  next = new Int32Array(firstCapacity)
  values = new Float64Array(firstCapacity * spanFieldsMax)
  private free = none
  private used = 0

  /** A slot to fill. */
  take(): number {
    this.count += 1
    if (this.free !== none) {
      const slot = this.free
      this.free = this.next[slot] as number
      this.next[slot] = none
      return slot
    }
    if (this.used === this.kind.length) this.allocate(this.used * 2, true)
    const slot = this.used
    this.used += 1
    this.next[slot] = none
    return slot
  }

  /** Gives back the records linked from `head` to `tail`. */
  release(head: number, tail: number, records: number): void {
    if (head === none) return
    this.next[tail] = this.free
    this.free = head
    this.count -= records
  }

  save(): PendingRecordsState {
    const { used } = this
    const columns = this.columns().map((column) => column.slice(0, column === this.values ? used * spanFieldsMax : used))
    return { columns, free: this.free, used, count: this.count }
  }

  load(state: PendingRecordsState): void {
    let capacity = firstCapacity
    while (capacity < state.used) capacity *= 2
    this.allocate(capacity, false)
    const own = this.columns()
    own.forEach((column, at) => column.set(state.columns[at] ?? []))
    this.free = state.free
    this.used = state.used
    this.count = state.count
  }

  /** Bytes held. */
  bytes(): number {
    return this.kind.length * (36 + 8 * spanFieldsMax)
  }

  private columns(): (Float64Array | Uint32Array | Int32Array)[] {
    return [this.kind, this.startUs, this.durationUs, this.span, this.parent, this.status, this.next, this.values]
  }

  private allocate(capacity: number, keep: boolean): void {
    const before = keep ? this.columns() : []
    this.kind = new Int32Array(capacity)
    this.startUs = new Float64Array(capacity)
    this.durationUs = new Float64Array(capacity)
    this.span = new Uint32Array(capacity)
    this.parent = new Uint32Array(capacity)
    this.status = new Uint32Array(capacity)
    this.next = new Int32Array(capacity)
    this.values = new Float64Array(capacity * spanFieldsMax)
    const own = this.columns()
    before.forEach((column, at) => own[at]?.set(column))
  }
}
