import type { Calls } from '../../calls.ts'

/** Bits of a message's flags. */
export const messageFlag = {
  /** Its consumers cannot handle it, however often they try. */
  poison: 1,
  /** It has been in a dead-letter topic and was sent again. */
  replayed: 2,
} as const

const firstCapacity = 64
type Column = Float64Array | Uint32Array | Int32Array | Uint8Array

/** Saved log: the messages that it holds, from the oldest. */
export interface MessageLogState {
  readonly columns: readonly Column[]
  readonly start: number
  readonly end: number
}

/**
 * The messages of one partition, numbered from 0 by their offsets: a ring of columns, so that a message is a few numbers
 * and no object. Holds the offsets from `start` up to `end` - 1; what is older is gone for good.
 */
export class MessageLog {
  /** Offset of the oldest message that is still there. */
  start = 0
  /** Offset of the next message. */
  end = 0
  private capacity = firstCapacity
  private key = new Float64Array(firstCapacity)
  private producedUs = new Float64Array(firstCapacity)
  private traceHi = new Uint32Array(firstCapacity)
  private traceLo = new Uint32Array(firstCapacity)
  private span = new Uint32Array(firstCapacity)
  private attributes = new Int32Array(firstCapacity)
  private flags = new Uint8Array(firstCapacity)
  private readonly most: number

  /** @param most messages that it keeps; the oldest go first */
  constructor(most: number) {
    this.most = most
  }

  /** Messages that it holds. */
  get length(): number {
    return this.end - this.start
  }

  /** Appends what a call brings, with its trace. @param span of the producer. Returns the offset. */
  append(calls: Calls, call: number, span: number, nowUs: number, flags: number): number {
    const at = this.next()
    this.key[at] = calls.key[call] as number
    this.producedUs[at] = nowUs
    this.traceHi[at] = calls.traceHi[call] as number
    this.traceLo[at] = calls.traceLo[call] as number
    this.span[at] = span
    this.attributes[at] = calls.attributes[call] as number
    this.flags[at] = flags
    return this.end - 1
  }

  /** Appends a copy of a message of another log, such as a dead letter. */
  appendCopy(other: MessageLog, offset: number, nowUs: number, flags: number): void {
    const from = other.at(offset)
    const at = this.next()
    this.key[at] = other.key[from] as number
    this.producedUs[at] = nowUs
    this.traceHi[at] = other.traceHi[from] as number
    this.traceLo[at] = other.traceLo[from] as number
    this.span[at] = other.span[from] as number
    this.attributes[at] = other.attributes[from] as number
    this.flags[at] = (other.flags[from] as number) | flags
  }

  /** Puts what a message carries into a call; its trace and span are the reader's to use. */
  fill(calls: Calls, call: number, offset: number): void {
    const at = this.at(offset)
    calls.key[call] = this.key[at] as number
    calls.attributes[call] = this.attributes[at] as number
    calls.traceHi[call] = this.traceHi[at] as number
    calls.traceLo[call] = this.traceLo[at] as number
    calls.parentSpan[call] = this.span[at] as number
  }

  keyAt(offset: number): number {
    return this.key[this.at(offset)] as number
  }

  producedAtUs(offset: number): number {
    return this.producedUs[this.at(offset)] as number
  }

  /** Words of the trace in which it was produced. */
  traceAt(offset: number): { readonly traceHi: number; readonly traceLo: number } {
    const at = this.at(offset)
    return { traceHi: this.traceHi[at] as number, traceLo: this.traceLo[at] as number }
  }

  flagsAt(offset: number): number {
    return this.flags[this.at(offset)] as number
  }

  /** First offset whose message is not older than this time; `end` when all are. */
  offsetAtUs(timeUs: number): number {
    let low = this.start
    let high = this.end
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.producedAtUs(middle) < timeUs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Forgets messages below an offset. */
  dropBefore(offset: number): void {
    this.start = Math.max(this.start, Math.min(offset, this.end))
  }

  /** Forgets messages from an offset on, as a new leader does that never got them. */
  truncate(offset: number): void {
    this.end = Math.max(this.start, Math.min(offset, this.end))
  }

  save(): MessageLogState {
    const columns = this.columns().map((column) => {
      const copy = column.slice(0, this.length)
      for (let index = 0; index < this.length; index += 1) copy[index] = column[this.at(this.start + index)] as number
      return copy
    })
    return { columns, start: this.start, end: this.end }
  }

  load(state: MessageLogState): void {
    let capacity = firstCapacity
    while (capacity < state.end - state.start) capacity *= 2
    this.restore(state, capacity)
  }

  private at(offset: number): number {
    return offset % this.capacity
  }

  private next(): number {
    if (this.length === this.most) this.start += 1
    if (this.length === this.capacity) this.restore(this.save(), this.capacity * 2)
    this.end += 1
    return this.at(this.end - 1)
  }

  private columns(): Column[] {
    return [this.key, this.producedUs, this.traceHi, this.traceLo, this.span, this.attributes, this.flags]
  }

  private restore(state: MessageLogState, capacity: number): void {
    this.allocate(capacity)
    this.start = state.start
    this.end = state.end
    for (const [index, column] of this.columns().entries()) {
      const saved = state.columns[index]
      for (let offset = state.start; offset < state.end; offset += 1) column[this.at(offset)] = saved?.[offset - state.start] ?? 0
    }
  }

  private allocate(capacity: number): void {
    this.capacity = capacity
    this.key = new Float64Array(capacity)
    this.producedUs = new Float64Array(capacity)
    this.traceHi = new Uint32Array(capacity)
    this.traceLo = new Uint32Array(capacity)
    this.span = new Uint32Array(capacity)
    this.attributes = new Int32Array(capacity)
    this.flags = new Uint8Array(capacity)
  }
}
