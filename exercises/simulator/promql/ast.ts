/** A parsed and checked PromQL expression. Offsets are into the query's text. */
import type { FunctionSignature } from './functions/signatures.ts'
import type { Span } from './position.ts'
import type { Matcher } from './source.ts'

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

export const arithmeticOperators = ['+', '-', '*', '/', '%', '^', 'atan2'] as const
export const comparisonOperators = ['==', '!=', '>', '<', '>=', '<='] as const
export const setOperators = ['and', 'or', 'unless'] as const
export type ArithmeticOperator = (typeof arithmeticOperators)[number]
export type ComparisonOperator = (typeof comparisonOperators)[number]
export type SetOperator = (typeof setOperators)[number]
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator

export const aggregators = ['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'count_values', 'quantile'] as const
export type Aggregator = (typeof aggregators)[number]

/** `@ 1609746000` in milliseconds, or an end of the query's range. */
export type AtModifier = number | 'start' | 'end'

export interface NumberLiteral extends Span {
  readonly kind: 'number'
  readonly value: number
}
export interface StringLiteral extends Span {
  readonly kind: 'string'
  readonly value: string
}
export interface VectorSelector extends Span {
  readonly kind: 'selector'
  /** The name written before the braces, or null. */
  readonly name: string | null
  readonly matchers: readonly Matcher[]
  readonly offsetMs: number | null
  readonly at: AtModifier | null
}
export interface MatrixSelector extends Span {
  readonly kind: 'matrix'
  readonly selector: VectorSelector
  readonly rangeMs: number
}
export interface Subquery extends Span {
  readonly kind: 'subquery'
  readonly expr: Expr
  readonly rangeMs: number
  /** null: the default interval. */
  readonly stepMs: number | null
  readonly offsetMs: number | null
  readonly at: AtModifier | null
}
export interface Call extends Span {
  readonly kind: 'call'
  readonly signature: FunctionSignature
  readonly args: readonly Expr[]
}
export interface Aggregate extends Span {
  readonly kind: 'aggregate'
  readonly op: Aggregator
  readonly expr: Expr
  /** Of topk, bottomk, quantile and count_values. */
  readonly param: Expr | null
  readonly without: boolean
  readonly labels: readonly string[]
}
export interface VectorMatching {
  readonly on: boolean
  readonly labels: readonly string[]
  readonly group: 'left' | 'right' | null
  readonly include: readonly string[]
}
export interface Binary extends Span {
  readonly kind: 'binary'
  readonly op: BinaryOperator
  /** The operator itself with its modifiers. */
  readonly opSpan: Span
  readonly left: Expr
  readonly right: Expr
  readonly returnBool: boolean
  readonly matching: VectorMatching
}
export interface Unary extends Span {
  readonly kind: 'unary'
  readonly op: '+' | '-'
  readonly expr: Expr
}
export interface Paren extends Span {
  readonly kind: 'paren'
  readonly expr: Expr
}
export type Expr = NumberLiteral | StringLiteral | VectorSelector | MatrixSelector | Subquery | Call | Aggregate | Binary | Unary | Paren

export function isComparison(op: BinaryOperator): op is ComparisonOperator {
  return comparisonOperators.some((other) => other === op)
}
export function isSetOperator(op: BinaryOperator): op is SetOperator {
  return setOperators.some((other) => other === op)
}
export function isArithmetic(op: BinaryOperator): op is ArithmeticOperator {
  return arithmeticOperators.some((other) => other === op)
}

/** What an expression gives, known without evaluating it. */
export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'selector':
    case 'aggregate':
      return 'vector'
    case 'matrix':
    case 'subquery':
      return 'matrix'
    case 'call':
      return expr.signature.returns
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector'
    case 'unary':
    case 'paren':
      return typeOf(expr.expr)
  }
}

function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return expr.args
    case 'aggregate':
      return expr.param ? [expr.param, expr.expr] : [expr.expr]
    case 'binary':
      return [expr.left, expr.right]
    case 'unary':
    case 'paren':
    case 'subquery':
      return [expr.expr]
    default:
      return []
  }
}

/** Levels of an expression, found without recursion. */
export function depthOf(expr: Expr): number {
  let depth = 0
  for (let level: readonly Expr[] = [expr]; level.length > 0; level = level.flatMap(childrenOf)) depth += 1
  return depth
}

/** The expression inside any parentheses. */
export function unwrap(expr: Expr): Expr {
  let inner = expr
  while (inner.kind === 'paren') inner = inner.expr
  return inner
}
