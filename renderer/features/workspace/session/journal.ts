/** The learner's finished writes, in order, so that a new worker can be brought to the same state. */
import type { StatementResult } from '../../../../exercises/kinds/sql/engine.ts'

export interface JournalEntry {
  sql: string
}

const startsReadOnly = /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:EXPLAIN|VALUES|SELECT)\b/i

/**
 * Keeps what may have changed something: a statement that returns no columns, or that changed rows. A SELECT that
 * returned rows is left out; a `WITH ... INSERT ... RETURNING` is told by its changes.
 */
export function entriesOf(results: readonly StatementResult[]): JournalEntry[] {
  return results
    .filter((result) => !startsReadOnly.test(result.sql) && (result.columns.length === 0 || result.changes > 0))
    .map(({ sql }) => ({ sql }))
}
