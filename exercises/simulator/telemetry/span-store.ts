import { ByteWriter, valueBytesMax } from './byte-writer.ts'
import { spanFieldsMax } from './fields.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { PendingRecords } from './pending-records.ts'
import type { SpanCatalog } from './span-shapes.ts'
import { none } from './trace-table.ts'

/** A chunk is full at either limit. */
const chunkBytes = 128 * 1024
const chunkTraces = 2048
const recordBytesMax = (7 + spanFieldsMax) * valueBytesMax

/** A full run of traces; never changed. One entry of each column per trace. */
export interface SpanChunk {
  readonly count: number
  readonly bytes: Uint8Array
  /** Where each trace begins in `bytes`. */
  readonly offsets: Uint32Array
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  /** Simulation time of the earliest span. */
  readonly startUs: Float64Array
  /** 1 where the records belong to a trace that was stored before. */
  readonly late: Uint8Array
  readonly firstUs: number
  readonly lastUs: number
  readonly spans: number
}

/** Saved spans: full chunks are shared, the open one is a view. */
export interface SpanStoreState {
  readonly sealed: readonly SpanChunk[]
  readonly open: SpanChunk
  readonly droppedTraces: number
  readonly droppedSpans: number
}

/** Kept traces in compact chunks, in the order in which they were decided. The oldest chunk goes when there are too many bytes. */
export class SpanStore {
  droppedTraces = 0
  droppedSpans = 0
  private readonly bytesMax: number
  private readonly catalog: SpanCatalog
  private sealed: SpanChunk[] = []
  private sealedBytes = 0
  private readonly writer = new ByteWriter(new Uint8Array(0), 0)
  private count = 0
  private spans = 0
  private firstUs = Infinity
  private lastUs = -Infinity
  private offsets = new Uint32Array(chunkTraces)
  private hi = new Uint32Array(chunkTraces)
  private lo = new Uint32Array(chunkTraces)
  private startUs = new Float64Array(chunkTraces)
  private late = new Uint8Array(chunkTraces)

  /** @param bytesMax most bytes of full chunks */
  constructor(bytesMax: number, catalog: SpanCatalog) {
    this.bytesMax = bytesMax
    this.catalog = catalog
  }

  /** Stores the records linked from `head`. */
  append(hi: number, lo: number, late: boolean, records: PendingRecords, head: number): void {
    const { writer, count } = this
    let startUs = Infinity
    let length = 0
    for (let slot = head; slot !== none; slot = records.next[slot] as number) {
      startUs = Math.min(startUs, records.startUs[slot] as number)
      length += 1
    }
    this.offsets[count] = writer.length
    this.hi[count] = hi
    this.lo[count] = lo
    this.startUs[count] = startUs
    this.late[count] = late ? 1 : 0
    this.firstUs = Math.min(this.firstUs, startUs)
    this.lastUs = Math.max(this.lastUs, startUs)
    writer.reserve(valueBytesMax)
    writer.unsigned(length)
    for (let slot = head; slot !== none; slot = records.next[slot] as number) this.write(records, slot, startUs)
    this.count = count + 1
    if (writer.length >= chunkBytes || this.count === chunkTraces) this.seal()
  }

  /** All chunks, the open one last. */
  chunks(): readonly SpanChunk[] {
    return this.count === 0 ? this.sealed : [...this.sealed, this.openChunk()]
  }

  /** Bytes held. */
  bytes(): number {
    return this.sealedBytes + this.writer.bytes.byteLength + chunkTraces * 21
  }

  save(): SpanStoreState {
    return { sealed: this.sealed.slice(), open: this.openChunk(), droppedTraces: this.droppedTraces, droppedSpans: this.droppedSpans }
  }

  load(state: SpanStoreState): void {
    const { open } = state
    this.sealed = state.sealed.slice()
    this.sealedBytes = this.sealed.reduce((sum, chunk) => sum + chunkSize(chunk), 0)
    this.startColumns()
    this.writer.replace(open.bytes, open.bytes.length)
    this.offsets.set(open.offsets)
    this.hi.set(open.hi)
    this.lo.set(open.lo)
    this.startUs.set(open.startUs)
    this.late.set(open.late)
    this.count = open.count
    this.spans = open.spans
    this.firstUs = open.firstUs
    this.lastUs = open.lastUs
    this.droppedTraces = state.droppedTraces
    this.droppedSpans = state.droppedSpans
  }

  /** Adds every kept byte. */
  fingerprint(hash: Fingerprint): void {
    hash.number(this.droppedTraces)
    for (const chunk of this.chunks()) {
      hash.bytes(chunk.bytes, chunk.bytes.length)
      hash.numbers(chunk.startUs, chunk.count)
      for (let at = 0; at < chunk.count; at += 1) {
        hash.word(chunk.hi[at] ?? 0)
        hash.word(chunk.lo[at] ?? 0)
        hash.word(chunk.late[at] ?? 0)
      }
    }
  }

  private write(records: PendingRecords, slot: number, startUs: number): void {
    const { writer } = this
    const kind = records.kind[slot] as number
    writer.reserve(recordBytesMax)
    writer.signed(kind)
    writer.unsigned(records.span[slot] as number)
    writer.unsigned((records.startUs[slot] as number) - startUs)
    if (kind >= 0) {
      writer.unsigned(records.parent[slot] as number)
      writer.unsigned(records.durationUs[slot] as number)
      writer.unsigned(records.status[slot] as number)
      this.spans += 1
    }
    const shape = kind >= 0 ? this.catalog.operations[kind] : this.catalog.events[-1 - kind]
    const values = shape === undefined ? 0 : shape.shape.variables.length
    const from = slot * spanFieldsMax
    for (let at = 0; at < values; at += 1) writer.value(records.values[from + at] as number)
  }

  private openChunk(): SpanChunk {
    const { count, spans, firstUs, lastUs } = this
    return {
      count, spans, firstUs, lastUs, bytes: this.writer.bytes.subarray(0, this.writer.length), offsets: this.offsets.subarray(0, count),
      hi: this.hi.subarray(0, count), lo: this.lo.subarray(0, count), startUs: this.startUs.subarray(0, count), late: this.late.subarray(0, count),
    }
  }

  private seal(): void {
    const { count, spans, firstUs, lastUs } = this
    const chunk: SpanChunk = {
      count, spans, firstUs, lastUs, bytes: this.writer.take(chunkBytes + chunkBytes / 16), offsets: this.offsets.slice(0, count), hi: this.hi.slice(0, count),
      lo: this.lo.slice(0, count), startUs: this.startUs.slice(0, count), late: this.late.slice(0, count),
    }
    this.sealed.push(chunk)
    this.sealedBytes += chunkSize(chunk)
    this.startColumns()
    while (this.sealedBytes > this.bytesMax) {
      const oldest = this.sealed.shift()
      if (oldest === undefined) return
      this.sealedBytes -= chunkSize(oldest)
      this.droppedTraces += oldest.count
      this.droppedSpans += oldest.spans
    }
  }

  /** New columns for the open chunk: views of the old ones may be in a snapshot. */
  private startColumns(): void {
    this.offsets = new Uint32Array(chunkTraces)
    this.hi = new Uint32Array(chunkTraces)
    this.lo = new Uint32Array(chunkTraces)
    this.startUs = new Float64Array(chunkTraces)
    this.late = new Uint8Array(chunkTraces)
    this.count = 0
    this.spans = 0
    this.firstUs = Infinity
    this.lastUs = -Infinity
  }
}

function chunkSize(chunk: SpanChunk): number {
  return chunk.bytes.byteLength + chunk.count * 21
}
