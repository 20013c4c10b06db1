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

const values: RoomCall<{ label: string }, readonly string[]> = ({ world }, { label }) => world.telemetry.series.labelValues(label)

export const metricsCalls = { 'metrics.ranges': ranges, 'metrics.instant': instant, 'metrics.names': names, 'metrics.values': values }
