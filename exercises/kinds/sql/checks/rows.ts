import { differenceOf } from '../compare-rows.ts'
import type { StatementResult } from '../engine.ts'
import { SqlError } from '../engine.ts'
import type { CheckContext, CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { pass, wrong } from './outcome.ts'

/** Compares the rows of the answer, or of a query after it, with those of the author's query. */
export function checkRows(check: CheckOf<'rows'>, context: CheckContext): Outcome {
  const { exercise, data, choice, results } = context
  const actual = check.query === undefined ? results.findLast((result) => result.columns.length > 0) : rowsAfter(check.query, context)
  if (actual === undefined) return wrong('The answer returns no rows: end it with a SELECT.')
  if (actual instanceof SqlError) return wrong(`After the answer the check cannot read its rows: ${actual.message}.`)
  if (actual.truncated) {
    return { passed: false, failure: 'rows', evidence: `The answer returns more than ${exercise.limits.rows} rows.` }
  }
  const [expected] = data.expected(choice, check)
  if (expected === undefined) throw new Error(`Check ${check.id} of ${exercise.id} has an empty query.`)
  const difference = differenceOf(expected, actual, check)
  if (difference !== null) return wrong(difference)
  return pass(`${actual.rows.length === 1 ? '1 row' : `${actual.rows.length} rows`}, equal to the expected ones.`)
}

/** A query of the author in the state that the answer left. The answer may have dropped what the query needs. */
function rowsAfter(query: string, context: CheckContext): StatementResult | undefined | SqlError {
  const { limits, parameters } = context.exercise
  try {
    return context.database.run(query, { maxRows: limits.rows, parameters, trusted: true }).at(-1)
  } catch (error) {
    if (error instanceof SqlError && error.kind !== 'crash') return error
    throw error
  }
}
