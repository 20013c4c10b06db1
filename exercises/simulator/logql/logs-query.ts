import { asResult, LogqlFailure, parseFailure, type Result } from './errors.ts'
import { Budget, type EvaluationLimits } from './options.ts'
import { parseLogql } from './parse.ts'
import { LabelsBuilder, StreamStates } from './pipeline/labels-builder.ts'
import { LineCursor } from './pipeline/line-cursor.ts'
import { ALL_LABELS } from './pipeline/needed-labels.ts'
import { Pipeline } from './pipeline/pipeline.ts'
import type { LogResult, LogRow } from './result.ts'
import type { LogSource } from './source.ts'

export interface LogsWindow {
  /** Microseconds since the epoch; lines with fromUs <= t < toUs. */
  readonly fromUs: number
  readonly toUs: number
  /** Rows to give at most. */
  readonly limit: number
  /** Which rows the limit keeps, and their order. */
  readonly direction: 'newest-first' | 'oldest-first'
}

/** Windows that a newest-first query tries, each twice as long as the one before, until it has enough rows. */
const SMALLEST_SHARE = 1 / 128

/** Runs a log query: the matching lines after the pipeline. A metric query gives an error that says what to use. */
export function queryLogs(source: LogSource, query: string, window: LogsWindow, limits: EvaluationLimits = {}): Result<LogResult> {
  return asResult(() => {
    const parsed = parseLogql(query)
    if (!parsed.ok) throw new LogqlFailure(parsed.error)
    const expression = parsed.value
    if (expression.kind !== 'logs') throw parseFailure(query, 0, query.length, 'the query gives a metric, not log lines', 'Show it as a graph or a table, or remove the function around the stream selector.')
    const pipeline = new Pipeline(expression.stages, ALL_LABELS, query)
    const budget = new Budget(query, limits)
    const streams = new StreamStates()
    const builder = new LabelsBuilder()
    const line = new LineCursor()
    const read = (fromUs: number, toUs: number, onRow: (row: LogRow) => boolean): void => {
      for (const entry of source.select(expression.matchers, fromUs, toUs)) {
        budget.countLine()
        builder.reset(streams.of(entry.labels))
        line.reset(entry)
        if (pipeline.run(line, builder) && !onRow({ timeUs: entry.timeUs, labels: builder.toLabels(), line: line.text })) return
      }
    }
    const { rows, truncated } = window.direction === 'oldest-first' ? oldestRows(window, read) : newestRows(window, read)
    return { type: 'streams', rows, truncated, scannedLines: budget.scannedLines }
  })
}

type Read = (fromUs: number, toUs: number, onRow: (row: LogRow) => boolean) => void

function oldestRows({ fromUs, toUs, limit }: LogsWindow, read: Read): { rows: LogRow[]; truncated: boolean } {
  const rows: LogRow[] = []
  read(fromUs, toUs, (row) => rows.push(row) <= limit)
  return { rows: rows.slice(0, limit), truncated: rows.length > limit }
}

function newestRows({ fromUs, toUs, limit }: LogsWindow, read: Read): { rows: LogRow[]; truncated: boolean } {
  const rows: LogRow[] = []
  let share = SMALLEST_SHARE
  let end = toUs
  while (end > fromUs && rows.length <= limit) {
    const start = Math.max(fromUs, Math.min(end - 1, Math.floor(end - (toUs - fromUs) * share)))
    // The newest rows of the part, in a ring: the part may hold many more than are wanted.
    const capacity = limit - rows.length + 1
    const ring: LogRow[] = []
    let count = 0
    read(start, end, (row) => {
      ring[count % capacity] = row
      count += 1
      return true
    })
    for (let i = 1; i <= Math.min(count, capacity); i += 1) {
      const row = ring[(count - i) % capacity]
      if (row !== undefined) rows.push(row)
    }
    end = start
    share *= 2
  }
  return { rows: rows.slice(0, limit), truncated: rows.length > limit }
}
