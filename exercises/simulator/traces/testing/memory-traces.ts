import type { Span, Trace, TraceSource } from '../source.ts'

/** A trace source over an array, for tests. */
export class MemoryTraceSource implements TraceSource {
  private readonly all: readonly Trace[]

  constructor(traces: readonly Trace[]) {
    this.all = traces.toSorted((a, b) => a.startUs - b.startUs)
  }

  *traces(fromUs: number, toUs: number): Iterable<Trace> {
    for (const trace of this.all) if (trace.startUs >= fromUs && trace.startUs < toUs) yield trace
  }

  trace(traceId: string): Trace | null {
    return this.all.find((trace) => trace.traceId === traceId) ?? null
  }
}

/** A span in short: what is left out is plain. Times in microseconds. */
export type ShortSpan = Partial<Omit<Span, 'traceId'>> & { readonly spanId: string }

/** Makes a trace from spans in short; the first is the root unless it names a parent. */
export function traceOf(traceId: string, spans: readonly ShortSpan[]): Trace {
  const whole = spans.map((span): Span => ({
    parentSpanId: null, service: 'app', name: 'op', kind: 'internal', startUs: 0, durationUs: 0, status: 'unset', statusMessage: null, attributes: {}, events: [], ...span, traceId,
  }))
  const startUs = Math.min(...whole.map((span) => span.startUs))
  return { traceId, startUs, durationUs: Math.max(...whole.map((span) => span.startUs + span.durationUs)) - startUs, spans: whole }
}
