import type { SqlValue } from '../engine.ts'
import { fingerprintQuery } from '../fingerprint.ts'
import type { CheckContext, CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { pass, wrong } from './outcome.ts'

/** Compares tables before and after the answer by counts and weighted sums over all their columns. */
export function checkUnchanged(check: CheckOf<'unchanged'>, context: CheckContext): Outcome {
  const expected = context.data.expected(context.choice, check)
  for (const [index, table] of check.tables.entries()) {
    const query = fingerprintQuery(table, context.database)
    if (query === null) return wrong(`The table ${table} is gone.`)
    const before = expected[index]?.rows[0] ?? []
    const after = context.database.run(query, { maxRows: 1, trusted: true })[0]?.rows[0] ?? []
    if (after[0] !== before[0]) return wrong(`${table} held ${String(before[0])} rows before the answer and holds ${String(after[0])} after it.`)
    if (!sameValues(before, after)) return wrong(`Values in ${table} are not what they were before the answer.`)
  }
  return pass(`${check.tables.join(', ')}: as before.`)
}

function sameValues(a: readonly SqlValue[], b: readonly SqlValue[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
