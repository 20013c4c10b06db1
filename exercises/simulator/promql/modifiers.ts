/** What follows an expression: a range, a subquery's range and step, `offset` and `@`. */
import { ParseFailure } from './query-error.ts'
import type { AtModifier, Expr, VectorSelector } from './ast.ts'
import type { Span } from './position.ts'

/** Makes `expr[range]` of a selector. @throws ParseFailure where the expression has no range of its own */
export function addRange(expr: Expr, rangeMs: number, brackets: Span): Expr {
  if (expr.kind !== 'selector') {
    throw new ParseFailure(brackets, 'ranges only allowed for vector selectors', 'Use a subquery for other expressions: [5m:1m], with a colon.')
  }
  if (expr.offsetMs !== null) throw new ParseFailure(brackets, 'no offset modifiers allowed before range', 'Write the range first: metric[5m] offset 1h.')
  if (expr.at !== null) throw new ParseFailure(brackets, 'no @ modifiers allowed before range', 'Write the range first: metric[5m] @ 1700000000.')
  return { kind: 'matrix', selector: expr, rangeMs, from: expr.from, to: brackets.to }
}

export function addSubquery(expr: Expr, rangeMs: number, stepMs: number | null, to: number): Expr {
  return { kind: 'subquery', expr, rangeMs, stepMs, offsetMs: null, at: null, from: expr.from, to }
}

function placeable(expr: Expr, modifier: string): VectorSelector | Extract<Expr, { kind: 'subquery' }> {
  if (expr.kind === 'selector' || expr.kind === 'subquery') return expr
  if (expr.kind === 'matrix') return expr.selector
  throw new ParseFailure(
    expr,
    `${modifier} modifier must be preceded by an instant vector selector or range vector selector or a subquery`,
    `Put it inside, after the metric: rate(metric[5m] ${modifier} ...).`,
  )
}

export function addOffset(expr: Expr, offsetMs: number, to: number): Expr {
  const target = placeable(expr, 'offset')
  if (target.offsetMs !== null) throw new ParseFailure(expr, 'offset may not be set multiple times')
  return expr.kind === 'matrix' ? { ...expr, selector: { ...expr.selector, offsetMs }, to } : { ...target, offsetMs, to }
}

export function addAt(expr: Expr, at: AtModifier, to: number): Expr {
  const target = placeable(expr, '@')
  if (target.at !== null) throw new ParseFailure(expr, '@ <timestamp> may not be set multiple times')
  return expr.kind === 'matrix' ? { ...expr, selector: { ...expr.selector, at }, to } : { ...target, at, to }
}
