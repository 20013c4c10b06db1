/** sort and sort_desc. */
import type { Call } from '../ast.ts'
import type { Evaluation } from '../evaluation.ts'
import type { Column } from '../value.ts'

/** Orders the series of an instant query by value, NaN last. A range query orders its answer by labels, which a warning tells. */
export function sortByValue(context: Evaluation, call: Call, columns: readonly Column[], direction: 1 | -1): readonly Column[] {
  if (context.grid.count > 1) {
    context.annotations.ineffectiveSort(call)
    return columns
  }
  return columns.filter((column) => column.present[0] === 1).sort((left, right) => compareValues(left.values[0] ?? 0, right.values[0] ?? 0, direction))
}

/** Order of two values, NaN after all others. */
export function compareValues(left: number, right: number, direction: 1 | -1): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
  return left === right ? 0 : left < right ? -direction : direction
}
