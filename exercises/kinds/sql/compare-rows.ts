/** Compares what a query returned with what it should have, and finds one row that shows the difference. */
import type { SqlValue, StatementResult } from './engine.ts'

export interface Comparison {
  ordered: boolean
  columns: 'positions' | 'names'
  /** Absolute, for numbers; a relative 1e-12 is always forgiven, since sums of real numbers depend on their order. */
  tolerance: number
}

const relativeTolerance = 1e-12
/** Rows of one group are tried against each other only up to here; a larger group is compared in sorted order alone. */
const maxPairedRows = 200
const maxShownText = 60

/** Null when equal, otherwise a sentence with the first row that differs, and with the counts where they differ too or the order is free. */
export function differenceOf(expected: StatementResult, actual: StatementResult, how: Comparison): string | null {
  const columns = columnDifference(expected.columns, actual.columns, how.columns)
  if (columns !== null) return columns
  const same = (a: readonly SqlValue[], b: readonly SqlValue[]): boolean => sameRow(a, b, how.tolerance)
  const sameSequence = expected.rows.length === actual.rows.length && expected.rows.every((row, index) => same(row, actual.rows[index] ?? []))
  if (sameSequence) return null
  const { missing, surplus } = unmatched(expected.rows, actual.rows, how.tolerance)
  if (missing.length === 0 && surplus.length === 0) {
    if (!how.ordered) return null
    const at = expected.rows.findIndex((row, index) => !same(row, actual.rows[index] ?? []))
    return `The rows are right, their order is not. ${rowDifference(at, expected, actual)}`
  }
  if (expected.rows.length === actual.rows.length && (how.ordered || expected.rows.length === 1)) {
    const at = expected.rows.findIndex((row, index) => !same(row, actual.rows[index] ?? []))
    return rowDifference(at, expected, actual)
  }
  const parts = [`Expected ${countRows(expected.rows.length)}, got ${countRows(actual.rows.length)}.`]
  if (missing[0] !== undefined) parts.push(`Missing: ${formatRow(missing[0])}.`)
  if (surplus[0] !== undefined) parts.push(`Not expected: ${formatRow(surplus[0])}.`)
  return parts.join(' ')
}

/** One row, with the names of its columns: `(0, 1)` alone does not say what the 1 counts. */
function rowDifference(at: number, expected: StatementResult, actual: StatementResult): string {
  return `Row ${at + 1} (${actual.columns.join(', ')}): expected ${formatRow(expected.rows[at])}, got ${formatRow(actual.rows[at])}.`
}

function columnDifference(expected: readonly string[], actual: readonly string[], how: Comparison['columns']): string | null {
  if (expected.length !== actual.length) {
    return `Expected ${expected.length} columns (${expected.join(', ')}), got ${actual.length} (${actual.join(', ')}).`
  }
  if (how === 'positions') return null
  const at = expected.findIndex((name, index) => name.toLowerCase() !== actual[index]?.toLowerCase())
  return at === -1 ? null : `Column ${at + 1} should be named ${expected[at]}, it is ${actual[at]}.`
}

/** Equal values: 5 and 5.0 are, 5 and '5' are not. */
function sameValue(a: SqlValue, b: SqlValue, tolerance: number): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= tolerance + relativeTolerance * Math.max(Math.abs(a), Math.abs(b))
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && a.every((byte, index) => byte === b[index])
  return a === b
}

function sameRow(a: readonly SqlValue[], b: readonly SqlValue[], tolerance: number): boolean {
  return a.length === b.length && a.every((value, index) => sameValue(value, b[index] ?? null, tolerance))
}

/** A text that is equal for equal rows; with `numbers` false, for rows that are equal but for their numbers. */
function keyOf(row: readonly SqlValue[], numbers: boolean): string {
  return JSON.stringify(
    row.map((value) => {
      if (typeof value === 'number') return numbers ? value + 0 : { number: true }
      return value instanceof Uint8Array ? { bytes: Array.from(value) } : value
    }),
  )
}

function groupBy(rows: readonly SqlValue[][], numbers: boolean): Map<string, SqlValue[][]> {
  const groups = new Map<string, SqlValue[][]>()
  for (const row of rows) {
    const key = keyOf(row, numbers)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

/** Rows of two multisets without a partner: first by exact value, then within the tolerance. */
function unmatched(expected: readonly SqlValue[][], actual: readonly SqlValue[][], tolerance: number): { missing: SqlValue[][]; surplus: SqlValue[][] } {
  const exact = groupBy(actual, true)
  const missing: SqlValue[][] = []
  for (const row of expected) if (exact.get(keyOf(row, true))?.pop() === undefined) missing.push(row)
  const candidates = groupBy([...exact.values()].flat(), false)
  const lost: SqlValue[][] = []
  for (const [key, group] of groupBy(missing, false)) {
    const partners = candidates.get(key) ?? []
    const sorted = group.toSorted(compareNumbers)
    const sortedPartners = partners.toSorted(compareNumbers)
    if (group.length === partners.length && sorted.every((row, index) => sameRow(row, sortedPartners[index] ?? [], tolerance))) {
      candidates.delete(key)
    } else if (group.length <= maxPairedRows && partners.length <= maxPairedRows) {
      for (const row of sorted) {
        const at = partners.findIndex((partner) => sameRow(row, partner, tolerance))
        if (at === -1) lost.push(row)
        else partners.splice(at, 1)
      }
    } else lost.push(...sorted)
  }
  // In the order in which the answer returned them, so that the evidence does not depend on the grouping.
  const left = new Set([...candidates.values()].flat())
  const lostRows = new Set(lost)
  return { missing: expected.filter((row) => lostRows.has(row)), surplus: actual.filter((row) => left.has(row)) }
}

function compareNumbers(a: readonly SqlValue[], b: readonly SqlValue[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index]
    if (typeof value === 'number' && typeof other === 'number' && value !== other) return value - other
  }
  return 0
}

/** The number of rows in words: `1 row`, `2 rows`. */
export function countRows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

/** A row as SQL would write it: `(42, 'paid', NULL)`. Long texts are cut. */
export function formatRow(row: readonly SqlValue[] | undefined): string {
  if (row === undefined) return 'no row'
  return `(${row.map(formatValue).join(', ')})`
}

function formatValue(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value === 'number') return String(value)
  const text = value.length > maxShownText ? `${value.slice(0, maxShownText)}...` : value
  return `'${text.replaceAll("'", "''")}'`
}
