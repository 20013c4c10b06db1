/** Checks the types of an expression, with Prometheus' words for what does not fit. */
import { isComparison, isSetOperator, typeOf, unwrap } from './ast.ts'
import { metricNameLabel } from './label-set.ts'
import { matcherTest } from '../query/matcher.ts'
import { ParseFailure } from './query-error.ts'
import type { Aggregate, Binary, Call, Expr, ValueType, VectorSelector } from './ast.ts'

const documented: Record<ValueType, string> = { scalar: 'scalar', vector: 'instant vector', matrix: 'range vector', string: 'string' }

/** @throws ParseFailure for the first thing that does not fit, in the order in which Prometheus looks */
export function checkTypes(expr: Expr): void {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return
    case 'selector':
      return checkSelector(expr)
    case 'matrix':
      return checkSelector(expr.selector)
    case 'paren':
      return checkTypes(expr.expr)
    case 'unary': {
      checkTypes(expr.expr)
      const type = typeOf(expr.expr)
      if (type !== 'scalar' && type !== 'vector') {
        throw new ParseFailure(expr, `unary expression only allowed on expressions of type scalar or instant vector, got "${documented[type]}"`, suggestionFor(type, 'vector', expr.expr))
      }
      return
    }
    case 'subquery': {
      checkTypes(expr.expr)
      const type = typeOf(expr.expr)
      if (type !== 'vector') {
        const suggestion = type === 'scalar' ? 'Make it a vector: vector(...)[5m:1m].' : null
        throw new ParseFailure(expr, `subquery is only allowed on instant vector, got ${type} instead`, suggestion)
      }
      return
    }
    case 'aggregate':
      return checkAggregate(expr)
    case 'call':
      return checkCall(expr)
    case 'binary':
      return checkBinary(expr)
  }
}

function expectType(expr: Expr, wanted: ValueType, place: string): void {
  checkTypes(expr)
  const type = typeOf(expr)
  if (type !== wanted) throw new ParseFailure(expr, `expected type ${documented[wanted]} in ${place}, got ${documented[type]}`, suggestionFor(type, wanted, expr))
}

function suggestionFor(got: ValueType, wanted: ValueType, expr: Expr): string | null {
  if (wanted === 'matrix' && got === 'vector') {
    return unwrap(expr).kind === 'selector' ? 'Add a range after the selector, such as [5m].' : 'Make it a subquery, such as [5m:1m], or apply the function to a selector with a range.'
  }
  if (wanted === 'vector' && got === 'matrix') return 'Put a function around the range, such as rate(...), or remove the range.'
  if (wanted === 'vector' && got === 'scalar') return 'Make it a vector: vector(...).'
  if (wanted === 'scalar' && got === 'vector') return 'Make it a number: scalar(...).'
  if (wanted === 'string') return 'Write a string in quotes.'
  return null
}

function checkSelector(selector: VectorSelector): void {
  if (selector.name !== null) {
    const second = selector.matchers.slice(0, -1).find((matcher) => matcher.name === metricNameLabel)
    if (second) throw new ParseFailure(selector, `metric name must not be set twice: "${selector.name}" or "${second.value}"`)
    return
  }
  if (!selector.matchers.some((matcher) => !matcherTest(matcher)(''))) {
    throw new ParseFailure(selector, 'vector selector must contain at least one non-empty matcher', 'Name a metric, or a label that must have a value.')
  }
}

function checkAggregate(expr: Aggregate): void {
  expectType(expr.expr, 'vector', 'aggregation expression')
  if (expr.param) expectType(expr.param, expr.op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter')
}

function checkCall(expr: Call): void {
  const { name, args, variadic } = expr.signature
  const given = expr.args.length
  if (variadic === 0 && args.length !== given) throw new ParseFailure(expr, `expected ${args.length} argument(s) in call to "${name}", got ${given}`, usage(expr))
  if (variadic !== 0) {
    const least = args.length - 1
    if (given < least) throw new ParseFailure(expr, `expected at least ${least} argument(s) in call to "${name}", got ${given}`, usage(expr))
    if (variadic > 0 && given > least + variadic) throw new ParseFailure(expr, `expected at most ${least + variadic} argument(s) in call to "${name}", got ${given}`, usage(expr))
  }
  expr.args.forEach((arg, index) => {
    const wanted = args[Math.min(index, args.length - 1)]
    if (wanted) expectType(arg, wanted, `call to function "${name}"`)
  })
}

function usage(expr: Call): string {
  const { name, args, variadic } = expr.signature
  const shown = args.map((type, index) => (variadic !== 0 && index === args.length - 1 ? `[${documented[type]}]` : documented[type]))
  return `${name} takes (${shown.join(', ')}${variadic === -1 ? ', ...' : ''}).`
}

function checkBinary(expr: Binary): void {
  const { op, left, right, matching, opSpan } = expr
  checkTypes(left)
  checkTypes(right)
  const leftType = typeOf(left)
  const rightType = typeOf(right)
  if (expr.returnBool && !isComparison(op)) throw new ParseFailure(opSpan, 'bool modifier can only be used on comparison operators')
  if (isComparison(op) && !expr.returnBool && leftType === 'scalar' && rightType === 'scalar') {
    throw new ParseFailure(opSpan, 'comparisons between scalars must use BOOL modifier', `Write "${op} bool".`)
  }
  const twice = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined
  if (twice !== undefined) throw new ParseFailure(opSpan, `label "${twice}" must not occur in ON and GROUP clause at once`)
  for (const side of [left, right]) {
    const type = typeOf(side)
    if (type !== 'scalar' && type !== 'vector') {
      throw new ParseFailure(side, 'binary expression must contain only scalar and instant vector types', suggestionFor(type, 'vector', side))
    }
  }
  if (leftType !== 'vector' || rightType !== 'vector') {
    if (matching.labels.length > 0) throw new ParseFailure(expr, 'vector matching only allowed between instant vectors')
    if (isSetOperator(op)) throw new ParseFailure(expr, `set operator "${op}" not allowed in binary scalar expression`, 'Make the number a vector: vector(...).')
  } else if (isSetOperator(op) && matching.group !== null) throw new ParseFailure(expr, `no grouping allowed for "${op}" operation`)
}
