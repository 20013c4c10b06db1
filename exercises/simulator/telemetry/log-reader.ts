import type { FlatJson, LogEntry } from '../logql/source.ts'
import type { Labels } from '../promql/source.ts'
import { ByteReader } from './byte-writer.ts'
import { fieldValue } from './fields.ts'
import { leadingKeys } from './line-form.ts'
import { lookFor } from './line-search.ts'
import { fieldText, messageText, renderLine, spanText, traceText, type LineWorld, type LogNumbers } from './log-line.ts'
import type { LogFormat, LogLevel } from './log-shape.ts'
import { LogCursor, type LogChunk, type LogStream, type LogTemplate } from './log-stream.ts'

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
    const template = head.stream.templates[head.cursor.template]
    if (template !== undefined) yield new StoredEntry(template, head, world)
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
export class StoredEntry implements LogEntry, LogNumbers, FlatJson {
  readonly timeUs: number
  readonly labels: Labels
  readonly traceHi: number
  readonly traceLo: number
  readonly spanNumber: number
  private text: string | null = null
  private readonly template: LogTemplate
  private readonly bytes: Uint8Array
  private readonly valuesAt: number
  private readonly world: LineWorld

  constructor(template: LogTemplate, head: StreamHead, world: LineWorld) {
    const { cursor, stream } = head
    this.timeUs = world.epochUs + cursor.timeUs
    this.labels = stream.labels
    this.traceHi = cursor.traceHi
    this.traceLo = cursor.traceLo
    this.spanNumber = cursor.spanNumber
    this.template = template
    this.bytes = head.chunk.bytes
    this.valuesAt = cursor.valuesAt
    this.world = world
  }

  /** The line in the format of its template. */
  get line(): string {
    this.text ??= renderLine(this.template.form, this, this.world)
    return this.text
  }

  /** The line in a given format. */
  render(format: LogFormat): string {
    return renderLine(this.template.formIn(format), this, this.world)
  }

  /** Whether the line contains a text; mostly without making the line. */
  contains(text: string): boolean {
    if (this.text !== null) return this.text.includes(text)
    const plan = this.template.searchPlan(text)
    switch (plan.verdict) {
      case 'always': return true
      case 'never': return false
      case 'whole': return this.line.includes(text)
      case 'look': return lookFor(text, plan, this.template.form, this, this.world)
    }
  }

  get flatJson(): FlatJson | null {
    return this.template.form.jsonKeys === null ? null : this
  }

  get keys(): readonly string[] {
    return this.template.form.jsonKeys ?? []
  }

  valueText(index: number): string | null {
    const { form } = this.template
    switch (index) {
      case 0: return this.world.clock.format(this.timeUs)
      case 1: return form.shape.level
      case 2: return messageText(form, this, this.world)
      case 3: return traceText(this)
      case 4: return spanText(this)
      default: return fieldText(form, index - leadingKeys.length, this, this.world)
    }
  }

  /** The line in parts. */
  record(): LogRecord {
    const { world } = this
    const { form, shape } = this.template
    return {
      timeUs: this.timeUs, labels: this.labels, level: shape.level, message: messageText(form, this, world), traceId: traceText(this), spanId: spanText(this),
      fields: shape.fields.flatMap((field, at) => {
        const value = fieldValue(field.kind, this.fieldNumber(at), world.strings)
        return value === null ? [] : [{ name: field.name, value }]
      }),
    }
  }

  fieldNumber(at: number): number {
    reader.open(this.bytes, this.valuesAt)
    for (let before = at; before > 0; before -= 1) reader.skipValue()
    return reader.value()
  }
}

/** One for all: it holds nothing between calls. */
const reader = new ByteReader(new Uint8Array(0), 0)
