/** The words that the judges of `postgres` answers have in common. */
import type { GradeCheck } from '../../core/grade.ts'
import type { PostgresError, StatementResult } from './session.ts'

/** What became of one check. */
export interface Verdict {
  passed: boolean
  evidence: string
  failure?: NonNullable<GradeCheck['failure']>
  line?: number
}

export const wrong = (evidence: string, line?: number): Verdict => ({ passed: false, evidence, failure: 'wrong', ...(line === undefined ? {} : { line }) })
export const right = (evidence: string): Verdict => ({ passed: true, evidence })

/** Class of a failure by its SQLSTATE. */
export function failureOf(error: PostgresError): NonNullable<GradeCheck['failure']> {
  if (error.sqlstate === '57014' || error.sqlstate === '55P03') return 'time'
  if (error.sqlstate.startsWith('53')) return 'memory'
  if (error.sqlstate.startsWith('08') || error.sqlstate.startsWith('57P')) return 'crash'
  return error.sqlstate.startsWith('42') ? 'syntax' : 'wrong'
}

export function describeError(error: PostgresError): string {
  return [`${error.message} (SQLSTATE ${error.sqlstate}).`, error.detail, error.hint].filter((part) => part !== undefined).join(' ')
}

/** The comparison of the `sql` kind asks for a count of changed rows, which it does not look at. */
export function comparable(result: StatementResult): StatementResult & { changes: number } {
  return { ...result, changes: 0 }
}
