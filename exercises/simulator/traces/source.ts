/** What trace search reads from. The telemetry implements it; tests implement it over arrays. */

export type AttributeValue = string | number | boolean

export interface Span {
  /** 32 hex digits. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly service: string
  readonly name: string
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  /** Microseconds since the epoch of the simulation's wall clock. */
  readonly startUs: number
  readonly durationUs: number
  readonly status: 'unset' | 'ok' | 'error'
  readonly statusMessage: string | null
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly events: readonly { readonly timeUs: number; readonly name: string; readonly attributes: Readonly<Record<string, AttributeValue>> }[]
}

export interface Trace {
  readonly traceId: string
  readonly startUs: number
  readonly durationUs: number
  /** By start, root first. */
  readonly spans: readonly Span[]
}

export interface TraceSource {
  /** Traces that start in fromUs <= t < toUs, oldest first, made lazily. */
  traces(fromUs: number, toUs: number): Iterable<Trace>
  trace(traceId: string): Trace | null
}
