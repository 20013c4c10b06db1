import { formatPlace } from '../query/place.ts'

/** What is wrong with a search. `from` and `to` are UTF-16 offsets in the text, the same names as in PromQL's errors. */
export interface TraceQueryError {
  readonly kind: 'parse'
  /** Says where: `1:9: parse error: ...`. */
  readonly message: string
  readonly from: number
  readonly to: number
  readonly suggestion: string | null
}

export type TraceQueryResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: TraceQueryError }

/** Carries an error out of a parser; public functions turn it into a {@link TraceQueryResult}. */
export class TraceQueryFailure extends Error {
  readonly error: TraceQueryError
  constructor(text: string, from: number, to: number, detail: string, suggestion: string | null) {
    const message = `${formatPlace(text, from)}: parse error: ${detail}`
    super(message)
    this.name = 'TraceQueryFailure'
    this.error = { kind: 'parse', message, from, to: Math.max(from, to), suggestion }
  }
}

/** Runs `action`, and gives a failure that it throws as a value. Other exceptions are bugs and pass. */
export function asTraceQueryResult<T>(action: () => T): TraceQueryResult<T> {
  try {
    return { ok: true, value: action() }
  } catch (error) {
    if (error instanceof TraceQueryFailure) return { ok: false, error: error.error }
    throw error
  }
}
