/** Sorting of result rows as SQLite would order them, except that NULLs stay last in both directions. */
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'

export interface SortOrder {
  /** 0-based column. */
  column: number
  direction: 'ascending' | 'descending'
}

/** SQLite's storage classes in its own order: numbers before text before blobs. */
function storageRank(value: SqlValue): number {
  if (typeof value === 'number') return 0
  return typeof value === 'string' ? 1 : 2
}

function compareBlobs(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Compares two values that are not NULL: negative when `left` comes first. */
export function compareValues(left: SqlValue, right: SqlValue): number {
  const ranks = storageRank(left) - storageRank(right)
  if (ranks !== 0) return ranks
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  return left instanceof Uint8Array && right instanceof Uint8Array ? compareBlobs(left, right) : 0
}

/**
 * The order in which to show `rows`: indices into it. Stable, so sorting by one column and then another keeps the
 * first as the tie-break. NULLs are last in both directions, because they are what a reader looks for least.
 */
export function sortedOrder(rows: readonly SqlValue[][], order: SortOrder | null): Uint32Array {
  const indices = Uint32Array.from(rows, (_, index) => index)
  if (order === null) return indices
  const sign = order.direction === 'ascending' ? 1 : -1
  const keys = rows.map((row) => row[order.column] ?? null)
  // A typed array's sort is stable and avoids boxing 100,000 indices.
  return indices.sort((left, right) => {
    const a = keys[left] ?? null
    const b = keys[right] ?? null
    if (a === null || b === null) return a === b ? left - right : a === null ? 1 : -1
    return sign * compareValues(a, b) || left - right
  })
}

/** The next order when a header is chosen: ascending, descending, as returned. */
export function nextOrder(current: SortOrder | null, column: number): SortOrder | null {
  if (current === null || current.column !== column) return { column, direction: 'ascending' }
  return current.direction === 'ascending' ? { column, direction: 'descending' } : null
}
