/** What only `sql` exercises must prove: their result cannot be written down by hand. */
import type { SqlValue, StatementResult } from '../../../exercises/kinds/sql/engine.ts'
import type { SqlExercise } from '../../../exercises/kinds/sql/schema.ts'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import { SqlGrader } from './sql-grader.ts'

/** An answer that must fail at the named checks. */
interface MustFail {
  name: string
  answer: string
  at: string[]
}

/**
 * The reference's result as literal rows, which must fail at every check of what the answer itself returns: rows copied
 * from the screen must not do on other data. Null when there is no such check; an error is a fault of the exercise.
 */
export async function copiedResult(exercise: SqlExercise, datasetSql: string, referenceAnswer: string): Promise<Result<MustFail | null, string>> {
  const returned = exercise.checks.filter((check) => check.type === 'rows' && check.query === undefined).map((check) => check.id)
  if (returned.length === 0) return ok(null)
  const grader = new SqlGrader({ exercise, datasetSql })
  try {
    const rows = await grader.rows(referenceAnswer)
    if (!rows.ok) return fail(`The reference cannot be run by itself: ${rows.error}`)
    if (rows.value === null) return fail('The reference returns no rows, though a check compares them.')
    return ok({ name: "The reference's result written out by hand", answer: hardCoded(rows.value), at: returned })
  } finally {
    await grader.close()
  }
}

/** A query that returns these very rows from no table. */
export function hardCoded(result: StatementResult): string {
  if (result.rows.length === 0) return `SELECT ${result.columns.map(() => 'NULL').join(', ')} WHERE 0`
  return `VALUES ${result.rows.map((row) => `(${row.map(literal).join(', ')})`).join(',\n')}`
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`
}
