import type { Trace } from './source.ts'
import { segmentsOf } from './service-calls.ts'

/** Counts and latencies of the calls to a service, or along one connection. Times in microseconds. */
export interface CallStatistics {
  readonly calls: number
  /** Calls that ended in an error or a fault. */
  readonly failures: number
  /** failures / calls. */
  readonly failureShare: number
  readonly p50Us: number
  readonly p95Us: number
  readonly p99Us: number
}

export interface ServiceNode extends CallStatistics {
  readonly service: string
  readonly type: string | null
  /** True for services that send no spans: known only from their callers. */
  readonly isInferred: boolean
  /** True where requests enter the system. */
  readonly isEntry: boolean
}

export interface ServiceEdge extends CallStatistics {
  readonly from: string
  readonly to: string
}

export interface ServiceMap {
  readonly nodes: readonly ServiceNode[]
  readonly edges: readonly ServiceEdge[]
  readonly traceCount: number
}

interface Tally { failures: number; readonly durationsUs: number[]; readonly weights: number[]; failedWeight: number }

const emptyTally = (): Tally => ({ failures: 0, durationsUs: [], weights: [], failedWeight: 0 })

/**
 * Adds traces up into services and the connections between them, sorted by name. A connection is timed as its caller
 * sees it. @param weightOf for how many requests a trace stands, in shares and percentiles; counts are those of the traces
 */
export function serviceMap(traces: Iterable<Trace>, weightOf: (trace: Trace) => number = () => 1): ServiceMap {
  const nodes = new Map<string, Tally & { type: string | null; isInferred: boolean; isEntry: boolean }>()
  const edges = new Map<string, Tally & { from: string; to: string }>()
  let traceCount = 0
  for (const trace of traces) {
    traceCount += 1
    const weight = weightOf(trace)
    for (const segment of segmentsOf(trace)) {
      const failed = segment.status.error || segment.status.fault || segment.span.status === 'error'
      let node = nodes.get(segment.service)
      if (node === undefined) {
        node = { type: segment.type, isInferred: segment.isInferred, isEntry: false, ...emptyTally() }
        nodes.set(segment.service, node)
      }
      node.isInferred &&= segment.isInferred
      node.isEntry ||= segment.isRoot
      node.type ??= segment.type
      count(node, segment.span.durationUs, weight, failed)
      if (segment.caller === null) continue
      const key = `${segment.caller}\u0001${segment.service}`
      let edge = edges.get(key)
      if (edge === undefined) {
        edge = { from: segment.caller, to: segment.service, ...emptyTally() }
        edges.set(key, edge)
      }
      const client = segment.clientSpan ?? segment.span
      count(edge, client.durationUs, weight, failed || client.status === 'error')
    }
  }
  return {
    nodes: [...nodes].map(([service, node]): ServiceNode => ({ service, type: node.type, isInferred: node.isInferred, isEntry: node.isEntry, ...statistics(node) })).sort((a, b) => compareText(a.service, b.service)),
    edges: [...edges.values()].map((edge): ServiceEdge => ({ from: edge.from, to: edge.to, ...statistics(edge) })).sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to)),
    traceCount,
  }
}

function count(tally: Tally, durationUs: number, weight: number, failed: boolean): void {
  tally.durationsUs.push(durationUs)
  tally.weights.push(weight)
  if (!failed) return
  tally.failures += 1
  tally.failedWeight += weight
}

function statistics({ failures, durationsUs, weights, failedWeight }: Tally): CallStatistics {
  const order = Uint32Array.from(durationsUs.keys()).sort((one, other) => (durationsUs[one] ?? 0) - (durationsUs[other] ?? 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const rank = (share: number): number => weightedRank(order, durationsUs, weights, share * total)
  return { calls: durationsUs.length, failures, failureShare: total === 0 ? 0 : failedWeight / total, p50Us: rank(0.5), p95Us: rank(0.95), p99Us: rank(0.99) }
}

/** The smallest value that values of at least this weight do not exceed. */
function weightedRank(order: Uint32Array, values: readonly number[], weights: readonly number[], wanted: number): number {
  let reached = 0
  for (const place of order) {
    reached += weights[place] ?? 0
    if (reached >= wanted) return values[place] ?? NaN
  }
  return values[order.at(-1) ?? -1] ?? NaN
}

/** The smallest value that at least the share q of all values do not exceed. */
export function nearestRank(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
