/** Cuts a report to a size that a window can hold. */
import type { Cell, RunReport, StatementResult } from '../../../exercises/kinds/postgres/session.ts'

const maxCellLength = 20_000
const maxReportLength = 8_000_000

/** Shortens long values, and leaves out the rows beyond the limit. */
export function fitReport(report: RunReport): RunReport {
  let left = maxReportLength
  const fitCell = (cell: Cell): Cell => {
    const text = typeof cell === 'string' ? cell : ''
    return text.length > maxCellLength ? `${text.slice(0, maxCellLength)}… (${text.length.toLocaleString('en')} characters)` : cell
  }
  const fitResult = (result: StatementResult): StatementResult => {
    const rows: Cell[][] = []
    for (const row of result.rows) {
      const fitted = row.map(fitCell)
      left -= fitted.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0)
      if (left < 0) return { ...result, rows, truncated: true }
      rows.push(fitted)
    }
    return { ...result, rows }
  }
  return { ...report, results: report.results.map(fitResult), notices: report.notices.slice(0, 200) }
}
