/** What happened in a run, part by part, over time: throughput, errors, latency and saturation, read from its telemetry as anybody would. */
import type { World } from '../model/index.ts'
import type { Labels, Matcher, Samples } from '../promql/source.ts'

/** One part over time; a value for each interval, NaN where there is none. */
export interface PartSummary {
  readonly part: string
  readonly kind: 'client' | 'service' | 'database'
  /** Requests a second. */
  readonly throughput: readonly number[]
  /** Share of requests that failed, 0 to 1. */
  readonly errors: readonly number[]
  /** Seconds, from the histogram. */
  readonly p99: readonly number[]
  /** Share of the scarcest resource in use: threads, cores. */
  readonly saturation: readonly number[]
}

export interface RunSummary {
  readonly fromUs: number
  readonly toUs: number
  readonly intervalUs: number
  readonly parts: readonly PartSummary[]
  /** What happened, faults included, in order. */
  readonly changes: readonly { readonly atUs: number; readonly summary: string; readonly isFault: boolean }[]
  /** Alerts that fired, and when they were over. */
  readonly alerts: readonly { readonly atUs: number; readonly name: string; readonly state: 'firing' | 'resolved'; readonly summary: string }[]
}

interface Names {
  readonly kind: PartSummary['kind']
  readonly label: string
  readonly requests: string
  readonly seconds: string
  readonly failed: (labels: Labels) => boolean
}

const kinds: readonly Names[] = [
  { kind: 'client', label: 'client', requests: 'user_requests_total', seconds: 'user_request_duration_seconds_bucket', failed: ({ outcome }) => outcome !== 'ok' },
  { kind: 'service', label: 'service', requests: 'http_requests_total', seconds: 'http_request_duration_seconds_bucket', failed: ({ code }) => Number(code) >= 500 },
  { kind: 'database', label: 'service', requests: 'db_queries_total', seconds: 'db_query_duration_seconds_bucket', failed: ({ outcome }) => outcome !== 'ok' },
]

/** Reads a world's telemetry from the start until now. @param intervals how many columns the time is cut into */
export function summarise(world: World, intervals: number): RunSummary {
  const { nowUs, telemetry } = world
  const intervalUs = Math.max(world.topology.telemetry.scrapeUs, Math.ceil(nowUs / intervals))
  const columns = Math.max(1, Math.ceil(nowUs / intervalUs))
  const reader = new Reader(world, columns, intervalUs)
  const parts = world.parts.flatMap((part): PartSummary[] => {
    const names = kinds.find(({ kind }) => kind === world.kindOf(part.index))
    return names === undefined ? [] : [reader.part(part.name, names)]
  })
  const changes = telemetry.changes
    .between(-Infinity, Infinity, { hidden: true })
    .map(({ timeUs, summary, hidden }) => ({ atUs: timeUs - telemetry.epochMs * 1000, summary, isFault: hidden }))
  const alerts = telemetry.alerts.transitions().flatMap(({ timeMs, rule, to, annotations }) => (to === 'firing' || to === 'resolved' ? [{ atUs: (timeMs - telemetry.epochMs) * 1000, name: rule, state: to, summary: annotations['summary'] ?? '' }] : []))
  return { fromUs: 0, toUs: nowUs, intervalUs, parts, changes, alerts }
}

class Reader {
  private readonly world: World
  private readonly columns: number
  private readonly intervalUs: number

  constructor(world: World, columns: number, intervalUs: number) {
    this.world = world
    this.columns = columns
    this.intervalUs = intervalUs
  }

  part(part: string, names: Names): PartSummary {
    const requests = this.select(names.requests, names.label, part)
    const all = this.increase(requests)
    const failed = this.increase(requests.filter(({ labels }) => names.failed(labels)))
    const seconds = this.intervalUs / 1e6
    return {
      part,
      kind: names.kind,
      throughput: all.map((count) => count / seconds),
      errors: all.map((count, column) => (count > 0 ? (failed[column] ?? 0) / count : Number.NaN)),
      p99: this.quantile(0.99, this.select(names.seconds, names.label, part)),
      saturation: this.saturation(part, names.kind),
    }
  }

  private saturation(part: string, kind: PartSummary['kind']): number[] {
    if (kind === 'client') return Array.from({ length: this.columns }, () => Number.NaN)
    const seconds = this.intervalUs / 1e6
    const spec = this.world.topology.parts.find(({ name }) => name === part)?.spec
    const cores = typeof spec === 'object' && spec !== null && 'cores' in spec && typeof spec.cores === 'number' ? spec.cores : 1
    const cpu = this.select(kind === 'service' ? 'container_cpu_usage_seconds_total' : 'db_cpu_seconds_total', 'service', part)
    const used = this.increase(cpu).map((busy) => busy / seconds / cores / Math.max(1, kind === 'service' ? this.upAt(part) : 1))
    if (kind === 'database') return used
    const busy = this.last(this.select('http_server_threads_busy', 'service', part))
    const most = this.last(this.select('http_server_threads_max', 'service', part))
    return used.map((share, column) => Math.max(share, (most[column] ?? 0) > 0 ? (busy[column] ?? 0) / (most[column] ?? 1) : 0))
  }

  private upAt(part: string): number {
    return this.select('up', 'service', part).filter(({ values, length }) => values[length - 1] === 1).length
  }

  private select(name: string, label: string, value: string): readonly Samples[] {
    const matchers: Matcher[] = [{ name: '__name__', op: '=', value: name }, { name: label, op: '=', value }]
    return this.world.telemetry.series.select(matchers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  }

  /** Increase of counters in each interval, resets seen. */
  private increase(series: readonly Samples[]): number[] {
    const sums = Array.from({ length: this.columns }, () => 0)
    for (const samples of series) {
      let before = 0
      this.each(samples, (column, value) => {
        sums[column] = (sums[column] ?? 0) + (value >= before ? value - before : value)
        before = value
      })
    }
    return sums
  }

  /** Sum of the last values in each interval. */
  private last(series: readonly Samples[]): number[] {
    const sums = Array.from({ length: this.columns }, () => 0)
    for (const samples of series) {
      const values = new Map<number, number>()
      this.each(samples, (column, value) => values.set(column, value))
      for (const [column, value] of values) sums[column] = (sums[column] ?? 0) + value
    }
    return sums
  }

  private quantile(share: number, buckets: readonly Samples[]): number[] {
    const byBound = new Map<number, Samples[]>()
    for (const samples of buckets) {
      const bound = samples.labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(samples.labels['le'])
      byBound.set(bound, [...(byBound.get(bound) ?? []), samples])
    }
    const bounds = [...byBound.keys()].sort((left, right) => left - right)
    const counts = bounds.map((bound) => this.increase(byBound.get(bound) ?? []))
    return Array.from({ length: this.columns }, (_, column) => {
      const total = counts.at(-1)?.[column] ?? 0
      if (total === 0) return Number.NaN
      const at = counts.findIndex((cumulative) => (cumulative[column] ?? 0) >= share * total)
      const upper = bounds[at] ?? Number.NaN
      const lower = bounds[at - 1] ?? 0
      if (upper === Number.POSITIVE_INFINITY) return lower
      const below = counts[at - 1]?.[column] ?? 0
      const inside = (counts[at]?.[column] ?? 0) - below
      return inside === 0 ? upper : lower + ((upper - lower) * (share * total - below)) / inside
    })
  }

  private each(samples: Samples, visit: (column: number, value: number) => void): void {
    const { epochMs } = this.world.telemetry
    for (let index = 0; index < samples.length; index += 1) {
      if (samples.stale?.[index] === 1) continue
      const atUs = ((samples.timesMs[index] ?? 0) - epochMs) * 1000
      visit(Math.min(this.columns - 1, Math.max(0, Math.ceil(atUs / this.intervalUs) - 1)), samples.values[index] ?? 0)
    }
  }
}
