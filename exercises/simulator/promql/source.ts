/** What the evaluator asks of a store of series. The telemetry implements it; tests implement it over arrays. */

import type { Labels, Matcher } from '../query/matcher.ts'

export type { Labels, Matcher }

export interface Samples {
  readonly labels: Labels
  /** Milliseconds since the epoch of the simulation's wall clock, ascending. Only [0, length) is valid. */
  readonly timesMs: Float64Array
  readonly values: Float64Array
  readonly length: number
  /** 1 where the sample is a staleness marker (JavaScript may lose NaN payloads, so it is not in the value). Absent: none. */
  readonly stale?: Uint8Array
}

export interface SeriesSource {
  /** Series that match all matchers (regular expressions fully anchored), samples with fromMs < t <= toMs (more is allowed; the evaluator clips). Subarrays, no copies. */
  select(matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Samples[]
  labelNames(): readonly string[]
  labelValues(name: string): readonly string[]
  metricNames(): readonly string[]
}
