/** Evaluates expressions over the steps of a query. */
import { evaluateAggregate } from './aggregate.ts'
import { evaluateBinary } from './binary.ts'
import { evaluateCall } from './evaluate-call.ts'
import { evaluateSelector } from './evaluate-selector.ts'
import { spendCells } from './evaluation.ts'
import { withoutNames } from './functions/range-function.ts'
import { EvaluationFailure } from './query-error.ts'
import { scalarOf } from './value.ts'
import type { Expr } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { Value } from './value.ts'

/** @throws EvaluationFailure where the data cannot be combined as the expression asks, or the work is too much */
export function evaluate(context: Evaluation, expr: Expr): Value {
  spendCells(context, 1)
  switch (expr.kind) {
    case 'number':
      return scalarOf(context.grid, expr.value)
    case 'string':
      return { type: 'string', text: expr.value }
    case 'paren':
      return evaluate(context, expr.expr)
    case 'selector':
      return { type: 'vector', columns: evaluateSelector(context, expr) }
    case 'unary': {
      const value = evaluate(context, expr.expr)
      if (expr.op === '+') return value
      if (value.type === 'scalar') return { type: 'scalar', values: value.values.map((number) => -number) }
      if (value.type !== 'vector') return value
      spendCells(context, value.columns.length)
      return { type: 'vector', columns: withoutNames(value.columns.map(({ labels, values, present }) => ({ labels, values: values.map((number) => -number), present }))) }
    }
    case 'binary':
      return evaluateBinary(context, expr)
    case 'aggregate':
      return { type: 'vector', columns: evaluateAggregate(context, expr) }
    case 'call':
      return evaluateCall(context, expr)
    case 'matrix':
    case 'subquery':
      throw new EvaluationFailure('a range vector has no value of its own; put a function around it')
  }
}
