/** How functions over ranges are run: a window slides over each series' samples, never looking at one twice to find it. */
import { firstAfter, selectRanges, windowOf } from '../evaluate-selector.ts'
import { subqueryRanges } from '../evaluate-subquery.ts'
import { spendCells, spendVisits } from '../evaluation.ts'
import { withoutName } from '../label-set.ts'
import { gridTimeMs, hasAny, mergeSameLabels, newColumns, relabelled } from '../value.ts'
import type { MatrixSelector, Subquery } from '../ast.ts'
import type { Evaluation } from '../evaluation.ts'
import type { Column, RangeSeries } from '../value.ts'

/** One range at one step; the same object is reused for all. */
export interface RangeWindow {
  /** The range is (startMs, endMs]. */
  startMs: number
  endMs: number
  /** The step's own time, which `offset` and `@` do not move. */
  timeMs: number
  /** The function's number at this step: the quantile, or the seconds to look ahead. */
  param: number
  /** What `prepare` found in the series. */
  marks: Int32Array
}

export interface RangeFunction {
  /** With fewer samples than this in the range there is no result. */
  readonly least: 1 | 2
  readonly keepsName?: boolean
  /** Whether it looks at the ends of the range only, so that long ranges cost no more. */
  readonly readsEnds?: boolean
  /** Whether the result depends on the step's time and not only on the range. */
  readonly usesTime?: boolean
  prepare?(series: RangeSeries): Int32Array
  /** The result over samples [from, to) of a series. */
  over(series: RangeSeries, from: number, to: number, window: RangeWindow): number
}

const noMarks = new Int32Array(0)

export function rangesOf(context: Evaluation, expr: MatrixSelector | Subquery): RangeSeries[] {
  return expr.kind === 'matrix' ? selectRanges(context, expr) : subqueryRanges(context, expr)
}

/** Applies a function to each range of each series; series without any result are left out. */
export function applyRangeFunction(context: Evaluation, expr: MatrixSelector | Subquery, fn: RangeFunction, param: Float64Array | null): Column[] {
  const ranges = rangesOf(context, expr)
  spendCells(context, ranges.length)
  const columns = newColumns(
    ranges.map(({ labels }) => labels),
    context.grid.count,
  )
  return columns.filter((column, index) => {
    const series = ranges[index]
    if (series) slide(context, expr, fn, param, series, column)
    return hasAny(column.present)
  })
}

/** Drops names, as all functions but the `last`-like do. @throws EvaluationFailure where two series become one */
export function withoutNames(columns: readonly Column[]): Column[] {
  return mergeSameLabels(columns.map((column) => relabelled(column, withoutName(column.labels))))
}

function slide(context: Evaluation, expr: MatrixSelector | Subquery, fn: RangeFunction, param: Float64Array | null, series: RangeSeries, column: Column): void {
  const place = windowOf(context, expr.kind === 'matrix' ? expr.selector : expr)
  const { timesMs, length } = series
  const window: RangeWindow = { startMs: 0, endMs: 0, timeMs: 0, param: 0, marks: fn.prepare?.(series) ?? noMarks }
  let from = firstAfter(timesMs, length, place.startMs - expr.rangeMs)
  let to = from
  let visits = 0
  for (let step = 0; step < column.present.length; step += 1) {
    if (step > 0 && place.stepMs === 0 && fn.usesTime !== true && param === null) {
      // The range stands still, so the result does.
      column.values[step] = column.values[0] ?? 0
      column.present[step] = column.present[0] ?? 0
      continue
    }
    window.endMs = place.startMs + step * place.stepMs
    window.startMs = window.endMs - expr.rangeMs
    while (to < length && (timesMs[to] ?? 0) <= window.endMs) to += 1
    while (from < to && (timesMs[from] ?? 0) <= window.startMs) from += 1
    if (to - from < fn.least) continue
    visits += fn.readsEnds === true ? 1 : to - from
    if (visits > context.budget.visits) break
    window.timeMs = gridTimeMs(context.grid, step)
    window.param = param?.[step] ?? 0
    column.values[step] = fn.over(series, from, to, window)
    column.present[step] = 1
  }
  spendVisits(context, visits)
}
