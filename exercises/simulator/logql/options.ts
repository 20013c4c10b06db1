import { LogqlFailure, queryFailure } from './errors.ts'

/** Bounds of one evaluation. */
export interface EvaluationLimits {
  /** Series in a result; Loki's default is 500. */
  readonly maximumSeries?: number
  /** Lines that a query may look at. */
  readonly maximumLines?: number
  /** Asked every few hundred lines; true stops the evaluation. */
  readonly shouldStop?: () => boolean
}

const DEFAULT_MAXIMUM_SERIES = 500
const DEFAULT_MAXIMUM_LINES = 20_000_000

/** Series that may exist before the outer aggregations; more would fill the memory. */
const MAXIMUM_INNER_SERIES = 100_000

const LINES_BETWEEN_CHECKS = 256

/** Counts what one evaluation uses, and fails when it is too much. */
export class Budget {
  readonly query: string
  scannedLines = 0
  private readonly limits: EvaluationLimits

  constructor(query: string, limits: EvaluationLimits) {
    this.query = query
    this.limits = limits
  }

  countLine(): void {
    this.scannedLines += 1
    if (this.scannedLines % LINES_BETWEEN_CHECKS !== 0) return
    const maximum = this.limits.maximumLines ?? DEFAULT_MAXIMUM_LINES
    if (this.scannedLines >= maximum) {
      throw queryFailure(`the query would look at more than ${maximum} lines`, 'Narrow the stream selector or the time.')
    }
    if (this.limits.shouldStop?.() === true) {
      throw new LogqlFailure({ kind: 'stopped', message: 'the query was stopped', line: 0, column: 0, from: 0, to: 0, suggestion: null })
    }
  }

  checkInnerSeries(count: number): void {
    if (count > MAXIMUM_INNER_SERIES) this.tooManySeries(MAXIMUM_INNER_SERIES)
  }

  checkResultSeries(count: number): void {
    const maximum = this.limits.maximumSeries ?? DEFAULT_MAXIMUM_SERIES
    if (count > maximum) this.tooManySeries(maximum)
  }

  private tooManySeries(maximum: number): never {
    throw queryFailure(`maximum number of series (${maximum}) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()`,
      'A label that differs on every line, such as a trace id, makes one series a line: aggregate by fewer labels, for example sum by (service) (...).')
  }
}
