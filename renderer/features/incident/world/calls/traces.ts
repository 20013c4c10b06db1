/** Traces: search, one trace laid out, slow ones against the rest, the map of services. */
import { compareTraces, layOutTrace, parseTraceSearch, searchTraces, serviceMap, summariseTrace } from '../../../../../exercises/simulator/traces/index.ts'
import type { ServiceMap, TraceComparison, TraceQueryError, TraceSummary, Waterfall } from '../../../../../exercises/simulator/traces/index.ts'
import type { RoomCall } from './room-call.ts'

/** Ends in wall-clock milliseconds. */
export interface TraceWindow {
  readonly fromMs: number
  readonly toMs: number
}

export type TracesAnswer = { readonly ok: true; readonly traces: readonly TraceSummary[]; readonly matched: number; readonly scanned: number } | { readonly ok: false; readonly error: TraceQueryError }

const search: RoomCall<TraceWindow & { readonly query: string; readonly order: 'newest' | 'slowest'; readonly limit: number }, TracesAnswer> = ({ world }, { query, fromMs, toMs, order, limit }) => {
  const parsed = parseTraceSearch(query)
  if (!parsed.ok) return { ok: false, error: parsed.error }
  const { found, matchedCount, scannedCount } = searchTraces(world.telemetry.traces, parsed.value, { fromUs: fromMs * 1000, toUs: toMs * 1000, limit, order })
  return { ok: true, traces: found.flatMap(({ trace }) => summariseTrace(trace) ?? []), matched: matchedCount, scanned: scannedCount }
}

/** Null for an id that is not kept. */
const one: RoomCall<{ readonly traceId: string }, { readonly summary: TraceSummary; readonly waterfall: Waterfall } | null> = ({ world }, { traceId }) => {
  const trace = world.telemetry.traces.trace(traceId)
  const summary = trace === null ? null : summariseTrace(trace)
  const waterfall = trace === null ? null : layOutTrace(trace)
  return summary === null || waterfall === null ? null : { summary, waterfall }
}

export type ComparisonAnswer = { readonly ok: true; readonly comparison: TraceComparison; readonly limitUs: number } | { readonly ok: false; readonly error: TraceQueryError }

/** Share of the traces, the slowest, that are held against the rest. */
const slowShare = 0.1
const mostCompared = 10_000

/** The slowest tenth of what a search finds, against the other nine. */
const compare: RoomCall<TraceWindow & { readonly query: string }, ComparisonAnswer> = ({ world }, { query, fromMs, toMs }) => {
  const parsed = parseTraceSearch(query)
  if (!parsed.ok) return { ok: false, error: parsed.error }
  const { found } = searchTraces(world.telemetry.traces, parsed.value, { fromUs: fromMs * 1000, toUs: toMs * 1000, limit: mostCompared, order: 'slowest' })
  const traces = found.map(({ trace }) => trace)
  const count = Math.ceil(traces.length * slowShare)
  return { ok: true, comparison: compareTraces(traces.slice(0, count), traces.slice(count), 12), limitUs: traces[count - 1]?.durationUs ?? 0 }
}

/** A trace in which something failed is always kept; of the others a share is, so each stands for several. */
const map: RoomCall<TraceWindow, ServiceMap> = ({ world }, { fromMs, toMs }) => {
  const weight = 1 / Math.max(world.topology.telemetry.traces, 1e-6)
  return serviceMap(world.telemetry.traces.traces(fromMs * 1000, toMs * 1000), ({ spans }) => (spans.some(({ status }) => status === 'error') ? 1 : weight))
}

export const tracesCalls = { 'traces.search': search, 'traces.one': one, 'traces.compare': compare, 'traces.map': map }
