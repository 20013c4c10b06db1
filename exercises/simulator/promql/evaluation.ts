/** What an evaluation knows besides the expression: the data, the steps, the limits. */
import { EvaluationFailure } from './query-error.ts'
import type { Annotations } from './annotations.ts'
import type { AtModifier, Expr } from './ast.ts'
import type { SeriesSource } from './source.ts'
import type { Grid, Value } from './value.ts'

/** Work is counted across a query and its subqueries. */
export interface Budget {
  /** Cells of columns that may still be made. */
  cells: number
  /** Samples that range functions may still visit. */
  visits: number
}

export interface Evaluation {
  readonly source: SeriesSource
  readonly grid: Grid
  /** Of the whole query, also inside subqueries: `@ start()` means these. */
  readonly queryStartMs: number
  readonly queryEndMs: number
  readonly lookbackMs: number
  readonly defaultSubqueryStepMs: number
  readonly annotations: Annotations
  readonly budget: Budget
  /** Evaluates an expression in a context; passed in so that parts need not import each other in circles. */
  evaluate(context: Evaluation, expr: Expr): Value
}

/** Takes columns from the budget. @throws EvaluationFailure where it is used up */
export function spendCells(context: Evaluation, columns: number): void {
  context.budget.cells -= columns * context.grid.count
  if (context.budget.cells < 0) {
    throw new EvaluationFailure('query processing would load too many samples into memory in query execution', 'Select fewer series, a shorter range or a longer step.')
  }
}

export function spendVisits(context: Evaluation, samples: number): void {
  context.budget.visits -= samples
  if (context.budget.visits < 0) throw new EvaluationFailure('query timed out in expression evaluation', 'Select fewer series, a shorter range or a longer step.')
}

/** The time that `@` fixes, or null. */
export function fixedTimeMs(context: Evaluation, at: AtModifier | null): number | null {
  if (at === 'start') return context.queryStartMs
  if (at === 'end') return context.queryEndMs
  return at
}
