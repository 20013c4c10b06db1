/** A query whose one row stands for the contents of a table. */
import type { SqlDatabase } from './engine.ts'
import { quoteName } from './schema-reader.ts'

/**
 * Counts and weighted sums over all columns of a table, or null when there is no such table. The weights spread the
 * rows, so that two values that trade places are noticed.
 */
export function fingerprintQuery(table: string, database: SqlDatabase): string | null {
  const columns = database.schema().find((entry) => entry.name.toLowerCase() === table.toLowerCase())?.columns
  if (columns === undefined) return null
  const sums = columns.flatMap(({ name }) => {
    const column = quoteName(name)
    const weight = '(rowid % 997 + 1)'
    return [`total(${column} * ${weight})`, `total(length(${column}) * ${weight})`, `total(unicode(${column}) * ${weight})`, `count(${column})`]
  })
  return `SELECT count(*), ${sums.join(', ')} FROM ${quoteName(table)}`
}
