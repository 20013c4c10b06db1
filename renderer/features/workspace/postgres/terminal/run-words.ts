/** What a run of a PostgreSQL session did, in words. */
import type { PostgresError, RunReport, StatementResult, TransactionState } from '../../../../../exercises/kinds/postgres/session.ts'
import { count } from '../../results/run-text.ts'

/** What one statement did: `2 rows`, `UPDATE 1`, `BEGIN`. */
export function resultNote(result: StatementResult): string {
  if (result.columns.length > 0) return result.truncated ? `First ${count(result.rows.length, 'row')} of ${result.count === null ? 'more' : result.count.toLocaleString('en')}` : count(result.rows.length, 'row')
  return result.count === null ? result.command : `${result.command} ${result.count.toLocaleString('en')}`
}

/** A run in one phrase, for the live region. */
export function reportPhrase({ results, error }: RunReport): string {
  if (error !== null) return `${error.message} (${error.sqlstate})`
  const last = results.at(-1)
  return last === undefined ? 'nothing to run' : resultNote(last)
}

/** What stands after a failure, and the next step. PostgreSQL's own hint comes before it. */
export function afterFailure(error: PostgresError, transaction: TransactionState, ranBefore: number): string {
  if (transaction === 'lost') return 'The session is gone, and its transaction was rolled back. The next run opens it again.'
  if (transaction === 'failed') return 'The transaction can only be rolled back: run ROLLBACK, then begin again.'
  if (error.sqlstate === '40P01' || error.sqlstate === '40001') return 'Nothing of the transaction stands. An application would run it again from its first statement.'
  if (transaction === 'open') return 'The transaction is still open.'
  if (error.sqlstate.startsWith('42')) return `${ranBefore === 0 ? 'Nothing was changed.' : 'What ran before it stands.'} The place is underlined in the editor.`
  return 'What this statement did was rolled back. Earlier ones stand.'
}
