import type { LogEntry } from '../logql/source.ts'
import type { Labels } from '../promql/source.ts'
import { ByteReader } from './byte-writer.ts'
import { fieldValue } from './fields.ts'
import { renderLine, renderMessage, type LogFormat, type LogLevel, type LogNumbers, type LogShape } from './log-line.ts'
import { LogCursor, type LogChunk, type LogStream } from './log-stream.ts'
import type { StringTable } from './string-table.ts'
import { spanIdHex, traceIdHex } from './trace-ids.ts'
import type { TimeFormatter } from './wall-clock.ts'

/** What lines need to be made. */
export interface LineWorld {
  readonly epochUs: number
  readonly strings: StringTable
  readonly clock: TimeFormatter
}

/** A line in parts. */
export interface LogRecord {
  readonly timeUs: number
  readonly labels: Labels
  readonly level: LogLevel
  readonly message: string
  readonly traceId: string | null
  readonly spanId: string | null
  readonly fields: readonly { readonly name: string; readonly value: string | number | boolean }[]
}

/**
 * The lines of streams with fromUs <= t < toUs in microseconds since the Unix epoch, oldest first, one at a time.
 * Lines of equal times come in the order of their streams, so the result does not depend on the way of merging.
 */
export function* mergeStreams(streams: readonly LogStream[], fromUs: number, toUs: number, world: LineWorld): Generator<StoredEntry> {
  const heads = streams.map((stream) => new StreamHead(stream, fromUs - world.epochUs, toUs - world.epochUs)).filter((head) => head.next())
  // Sorted is also a heap: the earliest is first, and each comes after the one at half its place.
  heads.sort(headOrder)
  for (let head = heads[0]; head !== undefined; head = heads[0]) {
    yield new StoredEntry(head, world)
    if (!head.next()) {
      const last = heads.pop()
      if (last === undefined || last === head) continue
      heads[0] = last
    }
    sink(heads)
  }
}

/** The next line of one stream within a window of simulation time. */
class StreamHead {
  readonly stream: LogStream
  chunk: LogChunk
  cursor: LogCursor
  /** Simulation time of the line. */
  timeUs = 0
  private readonly chunks: readonly LogChunk[]
  private readonly fromUs: number
  private readonly toUs: number
  private at = 0

  constructor(stream: LogStream, fromUs: number, toUs: number) {
    this.stream = stream
    this.fromUs = fromUs
    this.toUs = toUs
    this.chunks = stream.chunks().filter((chunk) => chunk.lastUs >= fromUs && chunk.firstUs < toUs)
    this.chunk = this.chunks[0] ?? { firstUs: 0, lastUs: 0, count: 0, bytes: new Uint8Array(0), sequence: 0 }
    this.cursor = new LogCursor(this.chunk, stream.templates)
  }

  next(): boolean {
    for (;;) {
      while (this.cursor.next()) {
        if (this.cursor.timeUs >= this.toUs) return false
        if (this.cursor.timeUs < this.fromUs) continue
        this.timeUs = this.cursor.timeUs
        return true
      }
      this.at += 1
      const chunk = this.chunks[this.at]
      if (chunk === undefined) return false
      this.chunk = chunk
      this.cursor = new LogCursor(chunk, this.stream.templates)
    }
  }
}

/** By time, then by age of the stream: a total order, so results do not depend on the way of merging. */
function headOrder(left: StreamHead, right: StreamHead): number {
  return left.timeUs - right.timeUs || left.stream.id - right.stream.id
}

/** Restores the order of the heap after its first head has changed. */
function sink(heads: StreamHead[]): void {
  const moved = heads[0]
  if (moved === undefined) return
  let at = 0
  for (;;) {
    let below = at * 2 + 1
    let child = heads[below]
    if (child === undefined) break
    const right = heads[below + 1]
    if (right !== undefined && headOrder(right, child) < 0) {
      child = right
      below += 1
    }
    if (headOrder(moved, child) <= 0) break
    heads[at] = child
    at = below
  }
  heads[at] = moved
}

/** A line that is made when it is read: counting lines costs no formatting. */
export class StoredEntry implements LogEntry {
  readonly timeUs: number
  readonly labels: Labels
  private text: string | null = null
  private readonly shape: LogShape
  private readonly bytes: Uint8Array
  private readonly valuesAt: number
  private readonly traceHi: number
  private readonly traceLo: number
  private readonly spanNumber: number
  private readonly world: LineWorld

  constructor(head: StreamHead, world: LineWorld) {
    const { cursor, stream } = head
    this.timeUs = world.epochUs + cursor.timeUs
    this.labels = stream.labels
    this.shape = stream.templates[cursor.template]?.shape ?? emptyShape
    this.bytes = head.chunk.bytes
    this.valuesAt = cursor.valuesAt
    this.traceHi = cursor.traceHi
    this.traceLo = cursor.traceLo
    this.spanNumber = cursor.spanNumber
    this.world = world
  }

  /** The line in the format of its template. */
  get line(): string {
    this.text ??= this.render(this.shape.format)
    return this.text
  }

  /** The line in a given format. */
  render(format: LogFormat): string {
    return renderLine(this.shape, format, this.world.clock.format(this.timeUs), this.numbers(), this.world.strings)
  }

  /** The line in parts. */
  record(): LogRecord {
    const { shape, traceHi, traceLo, spanNumber, world } = this
    const { values } = this.numbers()
    const traced = traceHi !== 0 || traceLo !== 0
    return {
      timeUs: this.timeUs, labels: this.labels, level: shape.level, message: renderMessage(shape, values, world.strings),
      traceId: traced ? traceIdHex(traceHi, traceLo) : null, spanId: traced && spanNumber !== 0 ? spanIdHex(traceHi, traceLo, spanNumber) : null,
      fields: shape.fields.flatMap((field, at) => {
        const value = fieldValue(field.kind, values[at] ?? Number.NaN, world.strings)
        return value === null ? [] : [{ name: field.name, value }]
      }),
    }
  }

  private numbers(): LogNumbers {
    const reader = new ByteReader(this.bytes, this.valuesAt)
    const { traceHi, traceLo, spanNumber } = this
    const values: number[] = []
    for (let field = this.shape.fields.length; field > 0; field -= 1) values.push(reader.value())
    return { traceHi, traceLo, spanNumber, values }
  }
}

const emptyShape: LogShape = { level: 'info', message: '', format: 'text', fields: [] }
