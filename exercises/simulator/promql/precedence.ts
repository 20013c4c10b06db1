/**
 * Puts operands and operators into their order of evaluation. The grammar's tree lets `offset`, `@` and `[...]` take a whole
 * binary expression and signs take their number before `^`; Prometheus binds them the other way. So we read the sequence of
 * parts from the tree and order it here.
 */
import { ParseFailure, tooDeep } from './query-error.ts'
import type { BinaryOperator, Expr, VectorMatching } from './ast.ts'
import type { Span } from './position.ts'

export type Part =
  | { readonly kind: 'operand'; readonly expr: Expr }
  | { readonly kind: 'sign'; readonly op: '+' | '-'; readonly span: Span }
  | { readonly kind: 'postfix'; apply(expr: Expr): Expr }
  | { readonly kind: 'operator'; readonly op: BinaryOperator; readonly span: Span; readonly returnBool: boolean; readonly matching: VectorMatching }

const levels: readonly (readonly BinaryOperator[])[] = [['or'], ['and', 'unless'], ['==', '!=', '>', '<', '>=', '<='], ['+', '-'], ['*', '/', '%', 'atan2'], ['^']]
const signLevel = 4

function levelOf(op: BinaryOperator): number {
  return levels.findIndex((level) => level.includes(op))
}

/** Longer sequences are refused before the stack is. */
const mostParts = 1000

/** The expression that a sequence of parts stands for. @throws ParseFailure where it is too long */
export function arrange(parts: readonly Part[]): Expr {
  if (parts.length > mostParts) throw tooDeep({ from: 0, to: 0 })
  let at = 0
  const operand = (): Expr => {
    const part = parts[at]
    at += 1
    if (part?.kind === 'sign') {
      const inner = climb(signLevel + 1)
      if (inner.kind === 'number') return { ...inner, value: part.op === '-' ? -inner.value : inner.value, from: part.span.from }
      return { kind: 'unary', op: part.op, expr: inner, from: part.span.from, to: inner.to }
    }
    if (part?.kind !== 'operand') throw new ParseFailure({ from: 0, to: 0 }, 'expression is incomplete')
    let expr = part.expr
    for (let next = parts[at]; next?.kind === 'postfix'; next = parts[at]) {
      expr = next.apply(expr)
      at += 1
    }
    return expr
  }
  const climb = (least: number): Expr => {
    let left = operand()
    for (let next = parts[at]; next?.kind === 'operator'; next = parts[at]) {
      const level = levelOf(next.op)
      if (level < least) break
      at += 1
      const right = climb(next.op === '^' ? level : level + 1)
      left = { kind: 'binary', op: next.op, opSpan: next.span, left, right, returnBool: next.returnBool, matching: next.matching, from: left.from, to: right.to }
    }
    return left
  }
  return climb(0)
}
