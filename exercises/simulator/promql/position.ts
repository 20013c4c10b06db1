/** Places in a query, as Prometheus tells them: line and column from 1. */

export interface Span {
  /** Offset of the first character. */
  readonly from: number
  /** Offset after the last character. */
  readonly to: number
}

/** `line:column` of an offset. */
export function formatPosition(query: string, offset: number): string {
  const before = query.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${offset - (before.lastIndexOf('\n') + 1) + 1}`
}
