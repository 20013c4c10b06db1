/** Binary operators between numbers, and between a number and series. */
import { isComparison } from './ast.ts'
import { matchSets, matchVectors } from './binary-vector.ts'
import { isArithmetic, isSetOperator } from './ast.ts'
import { spendCells } from './evaluation.ts'
import { withoutNames } from './functions/range-function.ts'
import { hasAny } from './value.ts'
import type { ArithmeticOperator, Binary, BinaryOperator, ComparisonOperator } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { Column, Value } from './value.ts'

/** Go's Pow, which differs from JavaScript's where the base is 1 or -1. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1
  if (base === -1 && (exponent === Number.POSITIVE_INFINITY || exponent === Number.NEGATIVE_INFINITY)) return 1
  return base ** exponent
}

const arithmetic: Record<ArithmeticOperator, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
}

const comparisons: Record<ComparisonOperator, (left: number, right: number) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
}

/** How an operator treats one pair of values. */
export interface PairOperator {
  /** The result's value; of a filter, its left value. */
  value(left: number, right: number): number
  /** Whether there is a result. */
  keeps(left: number, right: number): boolean
  readonly dropsName: boolean
}

const always = (): boolean => true

export function pairOperator(op: BinaryOperator, returnBool: boolean): PairOperator {
  if (isArithmetic(op)) return { value: arithmetic[op], keeps: always, dropsName: true }
  const compare = isComparison(op) ? comparisons[op] : always
  if (returnBool) return { value: (left, right) => (compare(left, right) ? 1 : 0), keeps: always, dropsName: true }
  return { value: (left) => left, keeps: compare, dropsName: false }
}

/** @throws EvaluationFailure where series do not match one to one as they must */
export function evaluateBinary(context: Evaluation, expr: Binary): Value {
  const left = context.evaluate(context, expr.left)
  const right = context.evaluate(context, expr.right)
  if (left.type === 'string' || right.type === 'string') return { type: 'vector', columns: [] }
  if (left.type === 'scalar' && right.type === 'scalar') {
    const { value } = pairOperator(expr.op, expr.returnBool)
    return { type: 'scalar', values: left.values.map((number, step) => value(number, right.values[step] ?? 0)) }
  }
  if (left.type === 'vector' && right.type === 'vector') {
    if (isSetOperator(expr.op)) return { type: 'vector', columns: matchSets(context, expr.op, expr.matching, left.columns, right.columns) }
    return { type: 'vector', columns: matchVectors(context, pairOperator(expr.op, expr.returnBool), expr.matching, left.columns, right.columns) }
  }
  const operator = pairOperator(expr.op, expr.returnBool)
  const columns = left.type === 'vector' ? left.columns : right.type === 'vector' ? right.columns : []
  const numbers = left.type === 'scalar' ? left.values : right.type === 'scalar' ? right.values : new Float64Array(0)
  spendCells(context, columns.length)
  return { type: 'vector', columns: withScalar(operator, columns, numbers, left.type === 'scalar', isComparison(expr.op) && !expr.returnBool) }
}

function withScalar({ value, keeps, dropsName }: PairOperator, columns: readonly Column[], numbers: Float64Array, scalarFirst: boolean, filters: boolean): Column[] {
  const results: Column[] = []
  for (const column of columns) {
    const count = column.present.length
    const values = filters ? column.values : new Float64Array(count)
    const present = filters ? new Uint8Array(count) : column.present
    for (let step = 0; step < count; step += 1) {
      if (column.present[step] !== 1) continue
      const own = column.values[step] ?? 0
      const number = numbers[step] ?? 0
      // A filter gives the series' value whichever side it is on.
      if (filters) present[step] = (scalarFirst ? keeps(number, own) : keeps(own, number)) ? 1 : 0
      else values[step] = scalarFirst ? value(number, own) : value(own, number)
    }
    if (hasAny(present)) results.push({ labels: column.labels, values, present })
  }
  return dropsName ? withoutNames(results) : results
}
