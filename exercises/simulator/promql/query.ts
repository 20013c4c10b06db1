/** Runs instant and range queries. */
import { Annotations } from './annotations.ts'
import { typeOf } from './ast.ts'
import { asRange } from './evaluate-call.ts'
import { evaluate } from './evaluate.ts'
import { windowOf } from './evaluate-selector.ts'
import { rangesOf } from './functions/range-function.ts'
import { compareLabels, toLabels } from './label-set.ts'
import { parsePromql } from './parse.ts'
import { EvaluationFailure, executionErrorOf } from './query-error.ts'
import { gridTimeMs, mergeSameLabels } from './value.ts'
import type { Expr, ValueType } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { QueryError } from './query-error.ts'
import type { Labels, SeriesSource } from './source.ts'
import type { Column, Grid, Value } from './value.ts'

export interface QueryOptions {
  /** How old a sample may be and still count for an instant; 5 minutes where absent. */
  readonly lookbackMs?: number
  /** Step of a subquery that names none; 1 minute where absent. */
  readonly defaultSubqueryStepMs?: number
  /** Values that a query may make; 50 million where absent. Bounds its memory. */
  readonly mostCells?: number
  /** Samples that a query's ranges may touch; 500 million where absent. Bounds its time. */
  readonly mostVisits?: number
}

export interface RangeSteps {
  readonly startMs: number
  readonly endMs: number
  readonly stepMs: number
}

/** Read only: series may share their arrays. */
export interface ResultSeries {
  readonly labels: Labels
  readonly timesMs: Float64Array
  readonly values: Float64Array
}
export interface ResultSample {
  readonly labels: Labels
  readonly value: number
}
export type QueryResult =
  | { readonly type: 'vector'; readonly timeMs: number; readonly samples: readonly ResultSample[] }
  | { readonly type: 'matrix'; readonly series: readonly ResultSeries[] }
  | { readonly type: 'scalar'; readonly timeMs: number; readonly value: number }
  | { readonly type: 'string'; readonly timeMs: number; readonly text: string }

export type QueryOutcome =
  | { readonly ok: true; readonly result: QueryResult; readonly warnings: readonly string[]; readonly infos: readonly string[] }
  | { readonly ok: false; readonly error: QueryError }

/** Prometheus' limit, which keeps a typing error in a step from filling the memory. */
const mostSteps = 11_000
const rangeTypes: Record<ValueType, string> = { scalar: 'scalar', vector: 'instant vector', matrix: 'range vector', string: 'string' }

/** Evaluates a query at one time. Never throws for any query text. */
export function instantQuery(source: SeriesSource, query: string, timeMs: number, options: QueryOptions = {}): QueryOutcome {
  return run(source, query, { startMs: timeMs, stepMs: 1, count: 1 }, timeMs, options, (context, expr) => {
    if (typeOf(expr) === 'matrix') return { type: 'matrix', series: rangeResult(context, expr) }
    const value = evaluate(context, expr)
    if (value.type === 'scalar') return { type: 'scalar', timeMs, value: value.values[0] ?? Number.NaN }
    if (value.type === 'string') return { type: 'string', timeMs, text: value.text }
    const columns = mergeSameLabels(value.columns.filter((column) => column.present[0] === 1))
    return { type: 'vector', timeMs, samples: columns.map((column) => ({ labels: toLabels(column.labels), value: column.values[0] ?? 0 })) }
  })
}

/** Evaluates a query at startMs, startMs + stepMs and so on up to endMs. Series come in the order of their labels. Never throws for any query text. */
export function rangeQuery(source: SeriesSource, query: string, steps: RangeSteps, options: QueryOptions = {}): QueryOutcome {
  const refuse = (message: string, suggestion: string | null): QueryOutcome => ({ ok: false, error: executionErrorOf(query, new EvaluationFailure(message, suggestion)) })
  if (!(steps.stepMs > 0)) return refuse('zero or negative query resolution step widths are not accepted. Try a positive integer', null)
  if (!(steps.endMs >= steps.startMs)) return refuse('end timestamp must not be before start time', null)
  const count = Math.floor((steps.endMs - steps.startMs) / steps.stepMs) + 1
  if (count > mostSteps) return refuse('exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)', 'Ask for a longer step.')
  return run(source, query, { startMs: steps.startMs, stepMs: steps.stepMs, count }, steps.endMs, options, (context, expr) => {
    const type = typeOf(expr)
    if (type === 'matrix' || type === 'string') {
      throw new EvaluationFailure(
        `invalid expression type "${rangeTypes[type]}" for range query, must be Scalar or instant Vector`,
        type === 'matrix' ? 'Put a function around the range, such as rate(...).' : null,
      )
    }
    const columns = mergeSameLabels(columnsOf(evaluate(context, expr))).sort((left, right) => compareLabels(left.labels, right.labels))
    const timesMs = Float64Array.from({ length: count }, (_, step) => gridTimeMs(context.grid, step))
    return { type: 'matrix', series: columns.map((column) => seriesOf(column, timesMs)).filter((series) => series.timesMs.length > 0) }
  })
}

/** @param endMs of the query as asked, which the last step need not reach: `@ end()` means this */
function run(source: SeriesSource, query: string, grid: Grid, endMs: number, options: QueryOptions, compute: (context: Evaluation, expr: Expr) => QueryResult): QueryOutcome {
  const parsed = parsePromql(query)
  if (!parsed.ok) return parsed
  const annotations = new Annotations(query)
  const context: Evaluation = {
    source,
    grid,
    queryStartMs: grid.startMs,
    queryEndMs: endMs,
    lookbackMs: options.lookbackMs ?? 300_000,
    defaultSubqueryStepMs: options.defaultSubqueryStepMs ?? 60_000,
    annotations,
    budget: { cells: options.mostCells ?? 50_000_000, visits: options.mostVisits ?? 500_000_000 },
    evaluate,
  }
  try {
    const result = compute(context, parsed.expr)
    return { ok: true, result, warnings: annotations.warnings(), infos: annotations.infos() }
  } catch (error) {
    if (error instanceof EvaluationFailure) return { ok: false, error: executionErrorOf(query, error) }
    throw error
  }
}

function columnsOf(value: Value): readonly Column[] {
  if (value.type === 'vector') return value.columns
  if (value.type === 'string') return []
  return [{ labels: { names: [], values: [], key: '' }, values: value.values, present: new Uint8Array(value.values.length).fill(1) }]
}

/** A series with its times; one without gaps shares the steps' times with the others. */
function seriesOf({ labels, values, present }: Column, timesMs: Float64Array): ResultSeries {
  if (!present.includes(0)) return { labels: toLabels(labels), timesMs, values }
  let length = 0
  const times = new Float64Array(timesMs.length)
  const kept = new Float64Array(timesMs.length)
  for (let step = 0; step < timesMs.length; step += 1) {
    if (present[step] !== 1) continue
    times[length] = timesMs[step] ?? 0
    kept[length] = values[step] ?? 0
    length += 1
  }
  return { labels: toLabels(labels), timesMs: times.subarray(0, length), values: kept.subarray(0, length) }
}

/** A range vector itself: the samples in it. */
function rangeResult(context: Evaluation, expr: Expr): ResultSeries[] {
  const range = asRange(expr)
  const { endMs } = windowOf(context, range.kind === 'matrix' ? range.selector : range)
  const found = rangesOf(context, range).map((series): ResultSeries => {
    const keep: number[] = []
    for (let index = 0; index < series.length; index += 1) {
      const timeMs = series.timesMs[index] ?? 0
      if (timeMs > endMs - range.rangeMs && timeMs <= endMs) keep.push(index)
    }
    return { labels: toLabels(series.labels), timesMs: Float64Array.from(keep, (index) => series.timesMs[index] ?? 0), values: Float64Array.from(keep, (index) => series.values[index] ?? 0) }
  })
  return found.filter((series) => series.timesMs.length > 0)
}
