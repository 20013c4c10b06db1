import { spanFieldsMax } from './fields.ts'
import type { Fingerprint } from './fingerprint.ts'
import { PendingRecords, type PendingRecordsState } from './pending-records.ts'
import { spanStatus, type SpanSink, type SpanStatus } from './span-shapes.ts'
import type { SpanStore } from './span-store.ts'
import type { TraceSampler } from './trace-ids.ts'
import { none, traceFate, TraceTable, type TraceTableState } from './trace-table.ts'

/** Saved traces in progress, and what was counted. */
export interface SpanCollectorState {
  readonly table: TraceTableState
  readonly records: PendingRecordsState
  readonly keptTraces: number
  readonly unsampledTraces: number
  readonly evictedTraces: number
}

/** Limits of the collector. */
export interface SpanCollectorLimits {
  /** Most spans and events of traces whose root has not ended; then the oldest trace is decided as it is. */
  readonly pendingMax: number
  /** How many decided traces are remembered, for spans that come after their root. */
  readonly decidedMax: number
}

/**
 * Holds the spans of each trace until its root ends, then keeps the trace if its id was sampled or a span failed.
 * Nothing is allocated per span.
 */
export class SpanCollector implements SpanSink {
  keptTraces = 0
  /** Traces dropped because they were not sampled and had no error. */
  unsampledTraces = 0
  /** Traces decided before their root ended, for want of room or after a long wait. */
  evictedTraces = 0
  private readonly table = new TraceTable()
  private readonly records = new PendingRecords()
  private readonly store: SpanStore
  private readonly sampler: TraceSampler
  private readonly limits: SpanCollectorLimits

  constructor(store: SpanStore, sampler: TraceSampler, limits: SpanCollectorLimits) {
    this.store = store
    this.sampler = sampler
    this.limits = limits
  }

  span(
    operation: number, traceHi: number, traceLo: number, spanNumber: number, parentNumber: number, startUs: number, durationUs: number, status: SpanStatus,
    message: number, a: number, b: number, c: number, d: number, e: number, f: number,
  ): void {
    const { table } = this
    let trace = table.find(traceHi, traceLo)
    if (trace === none) trace = table.insert(traceHi, traceLo, startUs + durationUs)
    const failed = status === spanStatus.error
    if (table.fate[trace] === traceFate.dropped && !failed) return
    const slot = this.put(operation, spanNumber, startUs, a, b, c, d, e, f)
    this.records.parent[slot] = parentNumber
    this.records.durationUs[slot] = durationUs
    this.records.status[slot] = status + message * 4
    if (failed) table.error[trace] = 1
    if (table.fate[trace] === traceFate.open) {
      this.link(trace, slot)
      if (parentNumber === 0) this.decide(trace)
      else if (this.records.count > this.limits.pendingMax) this.evictOldest()
    } else this.keepLate(trace, slot)
  }

  event(event: number, traceHi: number, traceLo: number, spanNumber: number, timeUs: number, a: number, b: number, c: number, d: number, e: number, f: number): void {
    const { table } = this
    let trace = table.find(traceHi, traceLo)
    if (trace === none) trace = table.insert(traceHi, traceLo, timeUs)
    if (table.fate[trace] === traceFate.dropped) return
    const slot = this.put(-1 - event, spanNumber, timeUs, a, b, c, d, e, f)
    if (table.fate[trace] === traceFate.open) {
      this.link(trace, slot)
      if (this.records.count > this.limits.pendingMax) this.evictOldest()
    } else this.keepLate(trace, slot)
  }

  /** Decides traces whose first record is older than a simulation time, without waiting for their root. */
  expire(beforeUs: number): void {
    const { table } = this
    while (table.oldestOpen !== none && (table.sinceUs[table.oldestOpen] as number) < beforeUs) this.evictOldest()
  }

  /** Bytes held. */
  bytes(): number {
    return this.table.bytes() + this.records.bytes()
  }

  save(): SpanCollectorState {
    const { keptTraces, unsampledTraces, evictedTraces } = this
    return { table: this.table.save(), records: this.records.save(), keptTraces, unsampledTraces, evictedTraces }
  }

  load(state: SpanCollectorState): void {
    this.table.load(state.table)
    this.records.load(state.records)
    this.keptTraces = state.keptTraces
    this.unsampledTraces = state.unsampledTraces
    this.evictedTraces = state.evictedTraces
  }

  /** Adds the traces in progress, oldest first. */
  fingerprint(hash: Fingerprint): void {
    hash.number(this.keptTraces)
    hash.number(this.unsampledTraces)
    hash.number(this.evictedTraces)
    const { table, records } = this
    for (let trace = table.oldestOpen; trace !== none; trace = table.nextOpen(trace)) {
      hash.word(table.hi[trace] ?? 0)
      hash.word(table.lo[trace] ?? 0)
      for (let slot = table.head[trace] ?? none; slot !== none; slot = records.next[slot] ?? none) {
        hash.word(records.kind[slot] ?? 0)
        hash.word(records.span[slot] ?? 0)
        hash.number(records.startUs[slot] ?? 0)
        hash.number(records.durationUs[slot] ?? 0)
        hash.word(records.status[slot] ?? 0)
      }
    }
  }

  private put(kind: number, spanNumber: number, startUs: number, a: number, b: number, c: number, d: number, e: number, f: number): number {
    const { records } = this
    const slot = records.take()
    const { values } = records
    const at = slot * spanFieldsMax
    records.kind[slot] = kind
    records.span[slot] = spanNumber
    records.startUs[slot] = startUs
    values[at] = a
    values[at + 1] = b
    values[at + 2] = c
    values[at + 3] = d
    values[at + 4] = e
    values[at + 5] = f
    return slot
  }

  private link(trace: number, slot: number): void {
    const { table, records } = this
    const tail = table.tail[trace] as number
    if (tail === none) table.head[trace] = slot
    else records.next[tail] = slot
    table.tail[trace] = slot
    table.records[trace] = (table.records[trace] as number) + 1
  }

  private decide(trace: number): void {
    const { table, records } = this
    const hi = table.hi[trace] as number
    const lo = table.lo[trace] as number
    const head = table.head[trace] as number
    const kept = table.error[trace] === 1 || this.sampler.isSampled(hi, lo)
    if (kept) {
      this.store.append(hi, lo, false, records, head)
      this.keptTraces += 1
    } else this.unsampledTraces += 1
    records.release(head, table.tail[trace] as number, table.records[trace] as number)
    table.decide(trace, kept ? traceFate.kept : traceFate.dropped)
    if (table.decided > this.limits.decidedMax) table.forgetOldestDecided()
  }

  private evictOldest(): void {
    this.evictedTraces += 1
    this.decide(this.table.oldestOpen)
  }

  /** A record after its trace was decided: joins the trace, or begins it when the trace was dropped and this one failed. */
  private keepLate(trace: number, slot: number): void {
    const { table, records } = this
    const first = table.fate[trace] === traceFate.dropped
    this.store.append(table.hi[trace] as number, table.lo[trace] as number, !first, records, slot)
    if (first) {
      table.fate[trace] = traceFate.kept
      this.keptTraces += 1
    }
    records.release(slot, slot, 1)
  }
}
