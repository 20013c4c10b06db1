/** Subqueries: an instant expression evaluated at steps of its own, whose results are then samples of a range. */
import { windowOf } from './evaluate-selector.ts'
import { EvaluationFailure } from './query-error.ts'
import { gridTimeMs } from './value.ts'
import type { Subquery } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { RangeSeries } from './value.ts'

/** Samples of a subquery for all steps of the context. Its steps are whole multiples of its interval since the epoch. */
export function subqueryRanges(context: Evaluation, subquery: Subquery): RangeSeries[] {
  const window = windowOf(context, subquery)
  const stepMs = subquery.stepMs ?? context.defaultSubqueryStepMs
  const afterMs = window.startMs - subquery.rangeMs
  const startMs = (Math.floor(afterMs / stepMs) + 1) * stepMs
  const count = Math.floor((window.endMs - startMs) / stepMs) + 1
  if (count <= 0) return []
  if (count > context.budget.cells) {
    throw new EvaluationFailure('query processing would load too many samples into memory in query execution', 'Give the subquery a longer step: [1h:1m].')
  }
  const inner: Evaluation = { ...context, grid: { startMs, stepMs, count } }
  const value = context.evaluate(inner, subquery.expr)
  if (value.type !== 'vector') return []
  return value.columns.map((column) => {
    const timesMs = new Float64Array(count)
    const values = new Float64Array(count)
    let length = 0
    for (let step = 0; step < count; step += 1) {
      if (column.present[step] !== 1) continue
      timesMs[length] = gridTimeMs(inner.grid, step)
      values[length] = column.values[step] ?? 0
      length += 1
    }
    return { labels: column.labels, timesMs, values, length }
  })
}
