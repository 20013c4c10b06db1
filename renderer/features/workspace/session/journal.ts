/** The learner's finished writes, in order, so that a new worker can be brought to the same state. */
import type { StatementResult } from '../../../../exercises/kinds/sql/engine.ts'
import { isQuery, splitStatements } from '../../../../exercises/kinds/sql/statements.ts'

export interface JournalEntry {
  sql: string
}

/** Keeps what may have changed something: everything but queries. */
export function entriesOf(results: readonly StatementResult[]): JournalEntry[] {
  return results.filter(({ sql }) => splitStatements(sql).some((statement) => !isQuery(statement))).map(({ sql }) => ({ sql }))
}
