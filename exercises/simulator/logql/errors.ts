import { placeOf } from '../query/place.ts'

/** What is wrong with a query or its evaluation. `message` reads as Loki's would; `suggestion` says what to try. */
export interface LogqlError {
  /** `parse`: the query is not LogQL. `query`: it is, but cannot be evaluated, or broke a limit. `stopped`: the caller asked to stop. */
  readonly kind: 'parse' | 'query' | 'stopped'
  readonly message: string
  /** 1-based; 0 when the error has no place in the text. */
  readonly line: number
  readonly column: number
  /** UTF-16 offsets in the query, for an editor to underline; the same names as in PromQL's errors. */
  readonly from: number
  readonly to: number
  readonly suggestion: string | null
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LogqlError }

/** Carries an error out of the parser and the evaluator; the public functions turn it into a {@link Result}. */
export class LogqlFailure extends Error {
  readonly error: LogqlError
  constructor(error: LogqlError) {
    super(error.message)
    this.name = 'LogqlFailure'
    this.error = error
  }
}

/** A parse error with its place: `parse error at line 1, col 9: syntax error: unexpected }`. */
export function parseFailure(query: string, start: number, end: number, detail: string, suggestion: string | null): LogqlFailure {
  const { line, column } = placeOf(query, start)
  const message = `parse error at line ${line}, col ${column}: ${detail}`
  return new LogqlFailure({ kind: 'parse', message, line, column, from: start, to: Math.max(end, start), suggestion })
}

/** A failure of a query that is well formed; it may still point at a part of it. */
export function queryFailure(message: string, suggestion: string | null, place?: { query: string; start: number; end: number }): LogqlFailure {
  const { line, column } = place ? placeOf(place.query, place.start) : { line: 0, column: 0 }
  return new LogqlFailure({ kind: 'query', message, line, column, from: place?.start ?? 0, to: place?.end ?? 0, suggestion })
}

/** Runs `action`, and gives a failure that it throws as a value. Other exceptions are bugs and pass. */
export function asResult<T>(action: () => T): Result<T> {
  try {
    return { ok: true, value: action() }
  } catch (error) {
    if (error instanceof LogqlFailure) return { ok: false, error: error.error }
    throw error
  }
}
