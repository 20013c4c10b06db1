import type { LogEntry, LogSource } from '../logql/source.ts'
import type { Labels, Matcher } from '../promql/source.ts'
import { ByteReader } from './byte-writer.ts'
import type { Field } from './fields.ts'
import type { Fingerprint } from './fingerprint.ts'
import { LabelIndex } from './label-index.ts'
import { canonicalLabels, labelsKey } from './label-matching.ts'
import { renderLine, type LogFormat, type LogLevel, type LogShape } from './log-line.ts'
import { LogCursor, LogStream, type ChunkKeeper, type LogChunk, type LogStreamState, type LogTemplate } from './log-stream.ts'
import type { StringTable } from './string-table.ts'
import { TimeFormatter } from './wall-clock.ts'

/** What `logTemplate` of the recorder takes. */
export interface LogTemplateOptions {
  /** Stream labels such as service, pod, namespace: few different values. */
  readonly labels: Labels
  readonly level: LogLevel
  /** May name fields as `{field}`. */
  readonly message: string
  readonly fields: readonly Field[]
  /** Default json. */
  readonly format?: LogFormat
}

/** Saved logs. */
export interface LogState {
  readonly streams: readonly LogStreamState[]
  readonly sequence: number
  readonly droppedLines: number
  readonly droppedBytes: number
}

/** All log lines, by stream, in compact chunks. The oldest full chunk goes when there are too many bytes. */
export class LogStore implements LogSource, ChunkKeeper {
  droppedLines = 0
  droppedBytes = 0
  private readonly epochUs: number
  private readonly bytesMax: number
  private readonly strings: StringTable
  private readonly clock = new TimeFormatter()
  private streams: LogStream[] = []
  private streamByKey = new Map<string, LogStream>()
  private index = new LabelIndex()
  private sequence = 0
  private sealedBytes = 0
  /** Streams of sealed chunks in order of sealing; those before `oldest` have been dropped. */
  private order: LogStream[] = []
  private oldest = 0

  /** @param bytesMax most bytes of full chunks */
  constructor(epochMs: number, bytesMax: number, strings: StringTable) {
    this.epochUs = epochMs * 1000
    this.bytesMax = bytesMax
    this.strings = strings
  }

  /** The template; made at the first call with these options. */
  template(options: LogTemplateOptions): LogTemplate {
    const { level, message, fields, format = 'json' } = options
    const shape: LogShape = { level, message, format, fields }
    return this.stream(canonicalLabels(options.labels)).template(shape)
  }

  *select(matchers: readonly Matcher[], fromUs: number, toUs: number): Generator<LogEntry> {
    const from = fromUs - this.epochUs
    const to = toUs - this.epochUs
    const heads: StreamHead[] = []
    for (const id of this.index.select(matchers)) {
      const stream = this.streams[id]
      if (stream === undefined) continue
      const head = new StreamHead(stream, from, to)
      if (head.next()) heads.push(head)
    }
    heads.sort(headOrder)
    while (heads.length > 0) {
      const head = heads[0]
      if (head === undefined) return
      yield new StoredEntry(head, this.epochUs + head.timeUs, this.strings, this.clock)
      if (head.next()) sink(heads)
      else heads.shift()
    }
  }

  labelNames(): readonly string[] {
    return this.index.names()
  }

  labelValues(name: string): readonly string[] {
    return this.index.values(name)
  }

  /** Lines kept. */
  get lines(): number {
    return this.streams.reduce((sum, stream) => sum + stream.chunks().reduce((count, chunk) => count + chunk.count, 0), 0)
  }

  /** Bytes held by full and open chunks. */
  bytes(): number {
    return this.sealedBytes + this.streams.reduce((sum, stream) => sum + stream.writer.bytes.byteLength, 0)
  }

  nextSequence(): number {
    this.sequence += 1
    return this.sequence
  }

  sealed(stream: LogStream, chunk: LogChunk): void {
    // A stream that a snapshot has undone may still be written to by its old templates.
    if (this.streams[stream.id] !== stream) return
    this.sealedBytes += chunk.bytes.byteLength
    this.order.push(stream)
    while (this.sealedBytes > this.bytesMax && this.oldest < this.order.length) this.dropOldest()
  }

  save(): LogState {
    const { sequence, droppedLines, droppedBytes } = this
    return { streams: this.streams.map((stream) => stream.save()), sequence, droppedLines, droppedBytes }
  }

  /** Restores what `save` gave. Templates known to both stay good. */
  load(state: LogState): void {
    const before = this.streams
    this.streams = []
    this.streamByKey = new Map()
    this.index = new LabelIndex()
    for (const [id, saved] of state.streams.entries()) {
      const mine = before[id]
      const stream = mine !== undefined && labelsKey(mine.labels) === labelsKey(saved.labels) ? mine : new LogStream(id, saved.labels, this)
      stream.load(saved)
      this.addStream(stream)
    }
    const sealed = this.streams.flatMap((stream) => stream.sealed.map((chunk) => ({ stream, chunk })))
    sealed.sort((left, right) => left.chunk.sequence - right.chunk.sequence)
    this.order = sealed.map(({ stream }) => stream)
    this.oldest = 0
    this.sealedBytes = sealed.reduce((sum, { chunk }) => sum + chunk.bytes.byteLength, 0)
    this.sequence = state.sequence
    this.droppedLines = state.droppedLines
    this.droppedBytes = state.droppedBytes
  }

  /** Adds every kept byte. */
  fingerprint(hash: Fingerprint): void {
    hash.number(this.droppedLines)
    for (const stream of this.streams) {
      hash.text(labelsKey(stream.labels))
      for (const template of stream.templates) hash.text(JSON.stringify(template.shape))
      for (const chunk of stream.chunks()) {
        hash.number(chunk.firstUs)
        hash.bytes(chunk.bytes, chunk.bytes.length)
      }
    }
  }

  private stream(labels: Labels): LogStream {
    const known = this.streamByKey.get(labelsKey(labels))
    if (known !== undefined) return known
    const stream = new LogStream(this.streams.length, labels, this)
    this.addStream(stream)
    return stream
  }

  private addStream(stream: LogStream): void {
    this.streams.push(stream)
    this.streamByKey.set(labelsKey(stream.labels), stream)
    this.index.add(stream.labels)
  }

  private dropOldest(): void {
    const chunk = this.order[this.oldest]?.sealed.shift()
    this.oldest += 1
    if (chunk === undefined) return
    this.sealedBytes -= chunk.bytes.byteLength
    this.droppedBytes += chunk.bytes.byteLength
    this.droppedLines += chunk.count
    if (this.oldest < 1024) return
    this.order = this.order.slice(this.oldest)
    this.oldest = 0
  }
}

/** The next line of one stream within a window of simulation time. */
class StreamHead {
  readonly stream: LogStream
  chunk: LogChunk
  cursor: LogCursor
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

  get timeUs(): number {
    return this.cursor.timeUs
  }

  next(): boolean {
    for (;;) {
      while (this.cursor.next()) {
        if (this.cursor.timeUs >= this.toUs) return false
        if (this.cursor.timeUs >= this.fromUs) return true
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

/** Moves the first head, whose time has advanced, to its place among the others, which are in order. */
function sink(heads: StreamHead[]): void {
  const head = heads[0]
  let low = 1
  let high = heads.length
  if (head === undefined) return
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = heads[middle]
    if (other !== undefined && headOrder(other, head) < 0) low = middle + 1
    else high = middle
  }
  heads.copyWithin(0, 1, low)
  heads[low - 1] = head
}

/** A line that is made when it is read: counting lines costs no formatting. */
class StoredEntry implements LogEntry {
  readonly timeUs: number
  readonly labels: Labels
  private text: string | null = null
  private readonly shape: LogShape | undefined
  private readonly bytes: Uint8Array
  private readonly valuesAt: number
  private readonly traceHi: number
  private readonly traceLo: number
  private readonly spanNumber: number
  private readonly strings: StringTable
  private readonly clock: TimeFormatter

  constructor(head: StreamHead, timeUs: number, strings: StringTable, clock: TimeFormatter) {
    const { cursor } = head
    this.timeUs = timeUs
    this.labels = head.stream.labels
    this.shape = head.stream.templates[cursor.template]?.shape
    this.bytes = head.chunk.bytes
    this.valuesAt = cursor.valuesAt
    this.traceHi = cursor.traceHi
    this.traceLo = cursor.traceLo
    this.spanNumber = cursor.spanNumber
    this.strings = strings
    this.clock = clock
  }

  get line(): string {
    this.text ??= this.render()
    return this.text
  }

  private render(): string {
    const { shape } = this
    if (shape === undefined) return ''
    const reader = new ByteReader(this.bytes, this.valuesAt)
    const values = shape.fields.map(() => reader.value())
    return renderLine(shape, this.clock.format(this.timeUs), { traceHi: this.traceHi, traceLo: this.traceLo, spanNumber: this.spanNumber, values }, this.strings)
  }
}
