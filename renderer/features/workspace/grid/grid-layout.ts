/** Widths of result columns, from their names and first rows. Pixels. */
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'
import { displayValue } from './values.ts'

/** Advance of one character of the code face at 13 px. */
const CHARACTER_PX = 7.8
/** Padding on both sides, and the room of the sort mark in the head. */
const CELL_PADDING_PX = 18
const HEAD_EXTRA_PX = 22
export const LEAST_WIDTH_PX = 56
const MOST_WIDTH_PX = 420
const SAMPLE_ROWS = 100

/** One width a column: enough for what the first rows hold, within bounds. */
export function columnWidths(columns: readonly string[], rows: readonly SqlValue[][]): number[] {
  return columns.map((name, column) => {
    let widest = name.length * CHARACTER_PX + HEAD_EXTRA_PX
    for (const row of rows.slice(0, SAMPLE_ROWS)) {
      widest = Math.max(widest, Math.min(80, displayValue(row[column] ?? null).length) * CHARACTER_PX)
    }
    return Math.round(Math.min(MOST_WIDTH_PX, Math.max(LEAST_WIDTH_PX, widest + CELL_PADDING_PX)))
  })
}
