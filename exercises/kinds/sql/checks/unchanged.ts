import type { SqlDatabase, SqlValue } from '../engine.ts'
import { quoteName } from '../schema-reader.ts'
import type { CheckContext, CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { pass, wrong } from './outcome.ts'

/** Compares tables before and after the answer by counts and weighted sums over all their columns. */
export function checkUnchanged(check: CheckOf<'unchanged'>, context: CheckContext): Outcome {
  for (const table of check.tables) {
    const query = fingerprintQuery(table, context.database)
    if (query === null) return wrong(`The table ${table} is gone.`)
    const before = context.data.expected(context.choice, query, {}).rows[0] ?? []
    const after = context.database.run(query, { maxRows: 1, trusted: true })[0]?.rows[0] ?? []
    if (after[0] !== before[0]) return wrong(`${table} held ${String(before[0])} rows before the answer and holds ${String(after[0])} after it.`)
    if (!sameValues(before, after)) return wrong(`Values in ${table} are not what they were before the answer.`)
  }
  return pass(`${check.tables.join(', ')}: as before.`)
}

function sameValues(a: readonly SqlValue[], b: readonly SqlValue[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/** The primes spread the rows, so that two values that trade places are noticed. */
function fingerprintQuery(table: string, database: SqlDatabase): string | null {
  const columns = database.schema().find((entry) => entry.name.toLowerCase() === table.toLowerCase())?.columns
  if (columns === undefined) return null
  const sums = columns.flatMap(({ name }) => {
    const column = quoteName(name)
    const weight = '(rowid % 997 + 1)'
    return [`total(${column} * ${weight})`, `total(length(${column}) * ${weight})`, `total(unicode(${column}) * ${weight})`, `count(${column})`]
  })
  return `SELECT count(*), ${sums.join(', ')} FROM ${quoteName(table)}`
}
