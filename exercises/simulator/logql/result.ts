import type { QueryResult } from '../promql/index.ts'
import type { Labels } from './source.ts'

/** What a metric query gives: the shapes of PromQL's results, so that one graph and one table show both. */
export type MetricResult = Exclude<QueryResult, { readonly type: 'string' }>

/** A log line after the query's pipeline. */
export interface LogRow {
  /** Microseconds since the epoch of the simulation's wall clock. */
  readonly timeUs: number
  /** Labels of the stream and those that the pipeline added. */
  readonly labels: Labels
  readonly line: string
}

export interface LogResult {
  readonly type: 'streams'
  readonly rows: readonly LogRow[]
  /** True when the limit cut the answer short. */
  readonly truncated: boolean
  /** Lines that the pipeline looked at. */
  readonly scannedLines: number
}
