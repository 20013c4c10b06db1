import type { Labels } from '../promql/source.ts'
import { ByteReader, ByteWriter, valueBytesMax } from './byte-writer.ts'
import { logFieldsMax, sameFields } from './fields.ts'
import { lineForm, type LineForm } from './line-form.ts'
import { planSearch, type SearchPlan } from './line-search.ts'
import type { LogFormat, LogShape } from './log-shape.ts'

/** A part of a stream that is full; never changed. */
export interface LogChunk {
  readonly firstUs: number
  readonly lastUs: number
  readonly count: number
  readonly bytes: Uint8Array
  /** Order in which chunks of all streams were filled. */
  readonly sequence: number
}

/** Saved stream: sealed chunks are shared, the open one is a view. */
export interface LogStreamState {
  readonly labels: Labels
  readonly shapes: readonly LogShape[]
  readonly sealed: readonly LogChunk[]
  readonly open: Uint8Array
  readonly openCount: number
  readonly firstUs: number
  readonly lastUs: number
  readonly lastTraceLo: number
  readonly total: number
}

/** Told when a chunk is full. */
export interface ChunkKeeper {
  /** Numbers the chunks of all streams. */
  nextSequence(): number
  sealed(stream: LogStream, chunk: LogChunk): void
}

/** A chunk is full at this size: small enough to skip through in a fraction of a millisecond. */
const chunkBytes = 32 * 1024
const mostSearchPlans = 64
const entryBytesMax = (4 + logFieldsMax) * valueBytesMax

/** The lines of one set of stream labels, oldest first. */
export class LogStream {
  readonly id: number
  readonly labels: Labels
  readonly templates: LogTemplate[] = []
  sealed: LogChunk[] = []
  openCount = 0
  firstUs = 0
  lastUs = 0
  /** Lines ever written. */
  total = 0
  readonly writer = new ByteWriter(new Uint8Array(0), 0)
  private lastTraceLo = 0
  private readonly keeper: ChunkKeeper

  constructor(id: number, labels: Labels, keeper: ChunkKeeper) {
    this.id = id
    this.labels = labels
    this.keeper = keeper
  }

  /** The template of this stream with the shape; made at the first call. */
  template(shape: LogShape): LogTemplate {
    const known = this.templates.find((template) => sameShape(template.shape, shape))
    if (known !== undefined) return known
    if (shape.fields.length > logFieldsMax) throw new RangeError(`A log line has at most ${logFieldsMax} fields, "${shape.message}" has ${shape.fields.length}.`)
    const template = new LogTemplate(this, this.templates.length, shape)
    this.templates.push(template)
    return template
  }

  /** Writes what comes before the values. Times must not go back within a stream. */
  begin(template: number, timeUs: number, traceHi: number, traceLo: number, spanNumber: number): ByteWriter {
    const { writer } = this
    if (this.openCount === 0) this.firstUs = timeUs
    if (timeUs < this.lastUs) throw new RangeError(`Lines of a stream must not go back in time: ${timeUs} us comes after ${this.lastUs} us.`)
    writer.reserve(entryBytesMax)
    const traced = traceHi !== 0 || traceLo !== 0
    writer.unsigned(template * 2 + (traced ? 1 : 0))
    writer.unsigned(timeUs - (this.openCount === 0 ? timeUs : this.lastUs))
    if (traced) {
      writer.unsigned(traceHi)
      writer.signed(traceLo - this.lastTraceLo)
      writer.unsigned(spanNumber)
      this.lastTraceLo = traceLo
    }
    this.lastUs = timeUs
    return writer
  }

  /** Counts the line that was written, and closes the chunk when it is full. */
  end(): void {
    this.openCount += 1
    this.total += 1
    if (this.writer.length < chunkBytes) return
    const chunk: LogChunk = { firstUs: this.firstUs, lastUs: this.lastUs, count: this.openCount, bytes: this.writer.take(chunkBytes + entryBytesMax), sequence: this.keeper.nextSequence() }
    this.sealed.push(chunk)
    this.openCount = 0
    this.lastTraceLo = 0
    this.keeper.sealed(this, chunk)
  }

  /** All chunks, the open one last. */
  chunks(): readonly LogChunk[] {
    if (this.openCount === 0) return this.sealed
    const open = { firstUs: this.firstUs, lastUs: this.lastUs, count: this.openCount, bytes: this.writer.bytes.subarray(0, this.writer.length), sequence: Infinity }
    return [...this.sealed, open]
  }

  save(): LogStreamState {
    const { labels, openCount, firstUs, lastUs, lastTraceLo, total } = this
    return {
      labels, shapes: this.templates.map((template) => template.shape), sealed: this.sealed.slice(),
      open: this.writer.bytes.subarray(0, this.writer.length), openCount, firstUs, lastUs, lastTraceLo, total,
    }
  }

  /** Restores the lines; templates beyond those saved are forgotten. */
  load(state: LogStreamState): void {
    let same = 0
    while (same < this.templates.length && same < state.shapes.length && sameShape(this.templates[same]?.shape, state.shapes[same])) same += 1
    for (const template of this.templates.splice(same)) template.detach(new LogStream(-1, this.labels, this.keeper))
    for (const shape of state.shapes.slice(same)) this.template(shape)
    this.sealed = state.sealed.slice()
    this.writer.replace(state.open, state.open.length)
    this.openCount = state.openCount
    this.firstUs = state.firstUs
    this.lastUs = state.lastUs
    this.lastTraceLo = state.lastTraceLo
    this.total = state.total
  }
}

/** Writes lines of one shape. Nothing is formatted until somebody reads. */
export class LogTemplate {
  readonly shape: LogShape
  /** What its lines have in common, in their own format. */
  readonly form: LineForm
  private readonly otherForms = new Map<LogFormat, LineForm>()
  private readonly searchPlans = new Map<string, SearchPlan>()
  private stream: LogStream
  private readonly id: number
  private readonly fieldCount: number

  constructor(stream: LogStream, id: number, shape: LogShape) {
    this.stream = stream
    this.id = id
    this.shape = shape
    this.form = lineForm(shape, shape.format)
    this.fieldCount = shape.fields.length
  }

  /** What its lines have in common when they are shown in another format. */
  formIn(format: LogFormat): LineForm {
    let form = format === this.form.format ? this.form : this.otherForms.get(format)
    if (form === undefined) this.otherForms.set(format, (form = lineForm(this.shape, format)))
    return form
  }

  /** How to look for a text in its lines; the few texts that a session looks for are remembered. */
  searchPlan(text: string): SearchPlan {
    let plan = this.searchPlans.get(text)
    if (plan === undefined) {
      plan = planSearch(this.form, text)
      if (this.searchPlans.size >= mostSearchPlans) this.searchPlans.clear()
      this.searchPlans.set(text, plan)
    }
    return plan
  }

  /** Lets a template that a snapshot has undone write where nobody reads. */
  detach(nowhere: LogStream): void {
    this.stream = nowhere
  }

  /**
   * Writes a line at a simulation time. A trace of (0, 0) and a span of 0 mean none.
   * Values go with the fields in order: numbers, numbers of the string table, 0 or 1, or microseconds, as declared.
   */
  write(timeUs: number, traceHi: number, traceLo: number, spanNumber: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0): void {
    const { stream, fieldCount } = this
    const writer = stream.begin(this.id, timeUs, traceHi, traceLo, spanNumber)
    if (fieldCount > 0) writer.value(a)
    if (fieldCount > 1) writer.value(b)
    if (fieldCount > 2) writer.value(c)
    if (fieldCount > 3) writer.value(d)
    if (fieldCount > 4) writer.value(e)
    if (fieldCount > 5) writer.value(f)
    if (fieldCount > 6) writer.value(g)
    if (fieldCount > 7) writer.value(h)
    stream.end()
  }
}

/** Walks over the lines of a chunk without making objects; the numbers of the present line are in its fields. */
export class LogCursor {
  timeUs: number
  template = 0
  traceHi = 0
  traceLo = 0
  spanNumber = 0
  /** Where the values of the present line begin. */
  valuesAt = 0
  private left: number
  private previousLo = 0
  private readonly reader: ByteReader
  private readonly fieldCounts: readonly number[]

  constructor(chunk: LogChunk, templates: readonly LogTemplate[]) {
    this.reader = new ByteReader(chunk.bytes, 0)
    this.timeUs = chunk.firstUs
    this.left = chunk.count
    this.fieldCounts = templates.map((template) => template.shape.fields.length)
  }

  /** Goes to the next line; false after the last. */
  next(): boolean {
    if (this.left === 0) return false
    this.left -= 1
    const { reader } = this
    const head = reader.unsigned()
    this.template = head >>> 1
    this.timeUs += reader.unsigned()
    this.traceHi = 0
    this.traceLo = 0
    this.spanNumber = 0
    if ((head & 1) === 1) {
      this.traceHi = reader.unsigned()
      this.traceLo = this.previousLo + reader.signed()
      this.previousLo = this.traceLo
      this.spanNumber = reader.unsigned()
    }
    this.valuesAt = reader.at
    for (let field = this.fieldCounts[this.template] ?? 0; field > 0; field -= 1) reader.skipValue()
    return true
  }
}

function sameShape(left: LogShape | undefined, right: LogShape | undefined): boolean {
  if (left === undefined || right === undefined) return false
  return left === right || (left.level === right.level && left.message === right.message && left.format === right.format && sameFields(left.fields, right.fields))
}
