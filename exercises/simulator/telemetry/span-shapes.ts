import type { AttributeValue } from '../traces/source.ts'
import { spanFieldsMax, type Field } from './fields.ts'

/** Kinds in the order of OTLP, whose numbers begin at 1. */
export const spanKinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const
export type SpanKind = (typeof spanKinds)[number]

/** Numbers of a span's status, as in OTLP. */
export const spanStatus = { unset: 0, ok: 1, error: 2 } as const
/** One of `spanStatus`. */
export type SpanStatus = (typeof spanStatus)[keyof typeof spanStatus]

type Attributes = Readonly<Record<string, AttributeValue>>

/** What all spans of an operation share. */
export interface OperationShape {
  readonly service: string
  readonly name: string
  readonly kind: SpanKind
  /** Of the process: pod, version, zone. */
  readonly resource: Attributes
  /** Of the span, the same every time. */
  readonly attributes: Attributes
  /** Of the span, given each time. */
  readonly variables: readonly Field[]
}

/** What all events of a kind share. */
export interface SpanEventShape {
  readonly name: string
  readonly variables: readonly Field[]
}

/** Where operations and span events put their records. */
export interface SpanSink {
  span(
    operation: number, traceHi: number, traceLo: number, spanNumber: number, parentNumber: number, startUs: number, durationUs: number, status: SpanStatus,
    message: number, a: number, b: number, c: number, d: number, e: number, f: number,
  ): void
  event(event: number, traceHi: number, traceLo: number, spanNumber: number, timeUs: number, a: number, b: number, c: number, d: number, e: number, f: number): void
}

/** The sink of operations that a snapshot has undone. */
export const nowhere: SpanSink = { span: () => undefined, event: () => undefined }

/** Writes spans of one operation. */
export class Operation {
  readonly id: number
  readonly shape: OperationShape
  private sink: SpanSink

  constructor(id: number, shape: OperationShape, sink: SpanSink) {
    if (shape.variables.length > spanFieldsMax) throw new RangeError(`A span has at most ${spanFieldsMax} variable attributes, "${shape.name}" has ${shape.variables.length}.`)
    this.id = id
    this.shape = shape
    this.sink = sink
  }

  /** Lets the operation write where nobody reads. */
  detach(): void {
    this.sink = nowhere
  }

  /**
   * Records a span when it ends. Spans may come in any order, but the root (parent 0) of a trace comes when the trace
   * is done; what comes later joins the trace if that was kept.
   * @param spanNumber unique within the trace, from 1
   * @param parentNumber 0 for the root
   * @param status a number of `spanStatus`
   * @param message number of the string table, 0 for none
   */
  record(
    traceHi: number, traceLo: number, spanNumber: number, parentNumber: number, startUs: number, durationUs: number, status: SpanStatus, message: number,
    a = 0, b = 0, c = 0, d = 0, e = 0, f = 0,
  ): void {
    this.sink.span(this.id, traceHi, traceLo, spanNumber, parentNumber, startUs, durationUs, status, message, a, b, c, d, e, f)
  }
}

/** Writes events of one kind onto spans. */
export class SpanEvent {
  readonly id: number
  readonly shape: SpanEventShape
  private sink: SpanSink

  constructor(id: number, shape: SpanEventShape, sink: SpanSink) {
    if (shape.variables.length > spanFieldsMax) throw new RangeError(`A span event has at most ${spanFieldsMax} attributes, "${shape.name}" has ${shape.variables.length}.`)
    this.id = id
    this.shape = shape
    this.sink = sink
  }

  /** Lets the event write where nobody reads. */
  detach(): void {
    this.sink = nowhere
  }

  /** Records an event of a span at a simulation time, before or after the span itself is recorded. */
  record(traceHi: number, traceLo: number, spanNumber: number, timeUs: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0): void {
    this.sink.event(this.id, traceHi, traceLo, spanNumber, timeUs, a, b, c, d, e, f)
  }
}

/** Saved shapes, in order of their numbers. */
export interface SpanCatalogState {
  readonly operations: readonly OperationShape[]
  readonly events: readonly SpanEventShape[]
}

/** All operations and kinds of span events, by number. */
export class SpanCatalog {
  readonly operations: Operation[] = []
  readonly events: SpanEvent[] = []
  private operationByKey = new Map<string, Operation>()
  private eventByKey = new Map<string, SpanEvent>()

  /** The operation with this shape; made at the first call. */
  operation(shape: OperationShape, sink: SpanSink): Operation {
    const key = JSON.stringify(shape)
    let operation = this.operationByKey.get(key)
    if (operation === undefined) {
      operation = new Operation(this.operations.length, shape, sink)
      this.operations.push(operation)
      this.operationByKey.set(key, operation)
    }
    return operation
  }

  /** The event with this shape; made at the first call. */
  event(shape: SpanEventShape, sink: SpanSink): SpanEvent {
    const key = JSON.stringify(shape)
    let event = this.eventByKey.get(key)
    if (event === undefined) {
      event = new SpanEvent(this.events.length, shape, sink)
      this.events.push(event)
      this.eventByKey.set(key, event)
    }
    return event
  }

  save(): SpanCatalogState {
    return { operations: this.operations.map((operation) => operation.shape), events: this.events.map((event) => event.shape) }
  }

  /** Restores the shapes. Handles of shapes known to both stay good, others are detached. */
  load(state: SpanCatalogState, sink: SpanSink): void {
    for (const operation of this.operations.splice(samePrefix(this.operations, state.operations))) operation.detach()
    for (const event of this.events.splice(samePrefix(this.events, state.events))) event.detach()
    this.operationByKey = new Map(this.operations.map((operation) => [JSON.stringify(operation.shape), operation]))
    this.eventByKey = new Map(this.events.map((event) => [JSON.stringify(event.shape), event]))
    for (const shape of state.operations) this.operation(shape, sink)
    for (const shape of state.events) this.event(shape, sink)
  }
}

function samePrefix(mine: readonly { readonly shape: OperationShape | SpanEventShape }[], theirs: readonly (OperationShape | SpanEventShape)[]): number {
  let same = 0
  while (same < mine.length && same < theirs.length && (mine[same]?.shape === theirs[same] || JSON.stringify(mine[same]?.shape) === JSON.stringify(theirs[same]))) same += 1
  return same
}
