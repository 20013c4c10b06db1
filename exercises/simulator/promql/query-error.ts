/** What is wrong with a query, in Prometheus' words, with a place and, where we know one, a way out. */
import { formatPlace } from '../query/place.ts'
import type { Span } from './position.ts'

export interface QueryError extends Span {
  /** parse: the query is not PromQL. execution: it is, but this data or range cannot be computed. */
  readonly kind: 'parse' | 'execution'
  /** As Prometheus prints it: `1:6: parse error: expected type range vector in call to function "rate", got instant vector`. */
  readonly message: string
  /** What to write instead, as a sentence; null where nothing in particular comes to mind. */
  readonly suggestion: string | null
}

/** Thrown inside the parser only; `parsePromql` returns it as a value. */
export class ParseFailure extends Error {
  readonly span: Span
  readonly suggestion: string | null
  constructor(span: Span, message: string, suggestion: string | null = null) {
    super(message)
    this.span = { from: span.from, to: span.to }
    this.suggestion = suggestion
  }
}

/** Prometheus has no such limit; we have a stack. */
export function tooDeep(span: Span): ParseFailure {
  return new ParseFailure(span, 'expression is too long or nested too deeply', 'Split the query.')
}

/** Thrown inside the evaluator only; `instantQuery` and `rangeQuery` return it as a value. */
export class EvaluationFailure extends Error {
  readonly suggestion: string | null
  constructor(message: string, suggestion: string | null = null) {
    super(message)
    this.suggestion = suggestion
  }
}

export function parseErrorOf(query: string, failure: ParseFailure): QueryError {
  return { kind: 'parse', message: `${formatPlace(query, failure.span.from)}: parse error: ${failure.message}`, suggestion: failure.suggestion, ...failure.span }
}

export function executionErrorOf(query: string, failure: EvaluationFailure): QueryError {
  return { kind: 'execution', message: failure.message, suggestion: failure.suggestion, from: 0, to: query.length }
}
