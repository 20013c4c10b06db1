/** Metrics: PromQL over what has been scraped. */
import { instantQuery, rangeQuery } from '../../../../../exercises/simulator/promql/index.ts'
import type { QueryOutcome, RangeSteps } from '../../../../../exercises/simulator/promql/index.ts'
import type { RoomCall } from './room-call.ts'

/** Names that a query can be completed with. */
export interface MetricNames {
  readonly metrics: readonly string[]
  readonly labels: readonly string[]
}

/** What queries said on one grid of times; the grid travels along, since the next one may be asked for already. */
export interface RangeAnswers {
  readonly steps: RangeSteps
  readonly outcomes: readonly QueryOutcome[]
}

const ranges: RoomCall<{ queries: readonly string[]; steps: RangeSteps }, RangeAnswers> = ({ world }, { queries, steps }) => ({
  steps,
  outcomes: queries.map((query) => rangeQuery(world.telemetry.series, query, steps)),
})

/** `atMs`: wall-clock milliseconds of the simulated world. */
const instant: RoomCall<{ query: string; atMs: number }, QueryOutcome> = ({ world }, { query, atMs }) => instantQuery(world.telemetry.series, query, atMs)

const names: RoomCall<null, MetricNames> = ({ world }) => ({ metrics: world.telemetry.series.metricNames(), labels: world.telemetry.series.labelNames() })

/** A metric that says something of a part, and by which labels its series differ beside that. */
export interface PartMetric {
  readonly metric: string
  /** The label that holds the part's name. */
  readonly label: string
  readonly others: readonly string[]
}

/** Labels that name something else, which may be called as a part is. */
const foreign: ReadonlySet<string> = new Set(['__name__', 'query', 'table', 'operation', 'le'])

/** What is measured of each part, by its name. */
const parts: RoomCall<null, Readonly<Record<string, readonly PartMetric[]>>> = ({ world }) => {
  const found = new Map<string, Map<string, PartMetric>>(world.partNames().map((name) => [name, new Map()]))
  for (const { labels } of world.telemetry.metrics.samples.series) {
    const metric = labels['__name__'] ?? ''
    for (const [label, value] of Object.entries(labels)) {
      const own = foreign.has(label) ? undefined : found.get(value)
      if (own === undefined || own.has(metric)) continue
      own.set(metric, { metric, label, others: Object.keys(labels).filter((name) => name !== label && name !== 'job' && !foreign.has(name)) })
    }
  }
  return Object.fromEntries([...found].map(([name, metrics]) => [name, [...metrics.values()]]))
}

const values: RoomCall<{ label: string }, readonly string[]> = ({ world }, { label }) => world.telemetry.series.labelValues(label)

export const metricsCalls = { 'metrics.ranges': ranges, 'metrics.instant': instant, 'metrics.names': names, 'metrics.parts': parts, 'metrics.values': values }
