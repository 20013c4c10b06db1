import type { LogEntry, LogSource } from '../logql/source.ts'
import type { Labels, Matcher } from '../promql/source.ts'
import type { Field } from './fields.ts'
import type { Fingerprint } from './fingerprint.ts'
import { LabelIndex } from './label-index.ts'
import { canonicalLabels, labelsKey } from './label-matching.ts'
import type { LineWorld } from './log-line.ts'
import type { LogFormat, LogLevel, LogShape } from './log-shape.ts'
import { mergeStreams, type StoredEntry } from './log-reader.ts'
import { LogStream, type ChunkKeeper, type LogChunk, type LogStreamState, type LogTemplate } from './log-stream.ts'
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
  private readonly bytesMax: number
  private readonly world: LineWorld
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
    this.bytesMax = bytesMax
    this.world = { epochUs: epochMs * 1000, strings, clock: new TimeFormatter() }
  }

  /** The template; made at the first call with these options. */
  template(options: LogTemplateOptions): LogTemplate {
    const { level, message, fields, format = 'json' } = options
    const shape: LogShape = { level, message, format, fields }
    return this.stream(canonicalLabels(options.labels)).template(shape)
  }

  select(matchers: readonly Matcher[], fromUs: number, toUs: number): Generator<LogEntry> {
    return this.entries(matchers, fromUs, toUs)
  }

  /** Like `select`, with what was written besides the line. */
  entries(matchers: readonly Matcher[], fromUs: number, toUs: number): Generator<StoredEntry> {
    const streams = this.index.select(matchers).flatMap((id) => this.streams[id] ?? [])
    return mergeStreams(streams, fromUs, toUs, this.world)
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
