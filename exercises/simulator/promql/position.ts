/** A part of a query. */
export interface Span {
  /** Offset of the first character. */
  readonly from: number
  /** Offset after the last character. */
  readonly to: number
}
