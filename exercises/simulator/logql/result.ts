import type { Labels } from './source.ts'

/** One series at one moment. Times are milliseconds since the epoch of the simulation's wall clock. */
export interface VectorSample {
  readonly labels: Labels
  readonly timeMs: number
  readonly value: number
}

/** One series over the steps of a range query; steps without a value are left out. */
export interface MatrixSeries {
  readonly labels: Labels
  readonly timesMs: Float64Array
  readonly values: Float64Array
}

export type MetricResult =
  | { readonly type: 'scalar'; readonly timeMs: number; readonly value: number }
  | { readonly type: 'vector'; readonly samples: readonly VectorSample[] }
  | { readonly type: 'matrix'; readonly series: readonly MatrixSeries[] }

/** A log line after the query's pipeline. */
export interface LogRow {
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
