/**
 * Grades answers to exercises with one session where there is no server: on PGlite, the same PostgreSQL in WebAssembly. The
 * judges are the same; what needs a second session is not judged, and says so.
 */
import type { Grade } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import { failedGrade, gradePostgres } from './grade.ts'
import type { CheckObservation } from './observations.ts'
import { parsePlan } from './plan.ts'
import type { PostgresCheck, PostgresExercise } from './schema.ts'
import type { PostgresError, PostgresSession, RunReport, StatementResult } from './session.ts'
import type { PostgresParameters } from './statements.ts'
import { splitStatements } from './statements.ts'

/** Checks that one session can see. `settings` needs a second: what a role is given counts for new sessions. */
const judgedHere = new Set<PostgresCheck['type']>(['rows', 'plan', 'statements'])

/**
 * Grades on a database in which the setup has run and nothing else; the caller throws it away afterwards. A statement
 * without an end is ended by the caller, with its thread.
 * @throws Error when the exercise's own statements fail
 */
export async function gradeOnPglite(exercise: PostgresExercise, answer: string, session: PostgresSession): Promise<Grade> {
  if (splitStatements(answer).length === 0) return failedGrade(exercise, 'not-run', 'The answer holds no statement. Write one and check again.')
  const run = (sql: string, parameters: PostgresParameters = {}): Promise<RunReport> => session.run(sql, { maxRows: exercise.limits.rows, parameters })
  const expected = await expectedResults(exercise, run)
  const report = await run(answer, exercise.parameters)
  if (report.transaction !== 'idle') await run('ROLLBACK')
  const returned = report.results.findLast((result) => result.columns.length > 0) ?? null
  const checks: Record<string, CheckObservation> = {}
  if (report.error === null) {
    for (const check of exercise.checks) {
      if (check.type === 'statements') checks[check.id] = { type: 'statements' }
      else if (check.type === 'plan') checks[check.id] = { type: 'plan', plan: await planOf(exercise, answer, check.of, run) }
      else if (check.type === 'rows') {
        const untouched = expected.get(check.id)
        if (untouched !== undefined) checks[check.id] = { type: 'rows', actual: check.query === undefined ? returned : await lastResult(check.query, run), expected: untouched }
      }
    }
  }
  return withoutUnseen(exercise, gradePostgres(exercise, answer, { failure: report.error, checks }))
}

type Run = (sql: string, parameters?: PostgresParameters) => Promise<RunReport>

/** What the checks' own queries return before the answer has run; whatever they change is taken back. */
async function expectedResults(exercise: PostgresExercise, run: Run): Promise<Map<string, StatementResult>> {
  const results = new Map<string, StatementResult>()
  for (const check of exercise.checks) {
    if (check.type !== 'rows') continue
    await run('BEGIN')
    const result = await lastResult(check.expect, run)
    await run('ROLLBACK')
    if ('sqlstate' in result) throw new Error(`A check's query fails: ${result.message} (${result.sqlstate})`)
    results.set(check.id, result)
  }
  return results
}

async function lastResult(sql: string, run: Run): Promise<StatementResult | PostgresError> {
  const { results, error } = await run(sql)
  if (error !== null) {
    await run('ROLLBACK')
    return error
  }
  const last = results.findLast((result) => result.columns.length > 0)
  if (last === undefined) throw new Error(`A check's query returns no rows: ${sql}`)
  return last
}

async function planOf(exercise: PostgresExercise, answer: string, of: string, run: Run): Promise<Extract<CheckObservation, { type: 'plan' }>['plan']> {
  const query = of === 'answer' ? splitStatements(answer).at(-1)?.text : exercise.workload.find((entry) => entry.id === of)?.sql
  const explained = await run(`BEGIN; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`, exercise.parameters)
  await run('ROLLBACK')
  if (explained.error !== null) return explained.error
  return parsePlan(String(explained.results.at(-1)?.rows[0]?.[0]))
}

/** Checks that could not be looked at count for nothing, either way, and say so. */
function withoutUnseen(exercise: PostgresExercise, grade: Grade): Grade {
  const unseen = new Set(exercise.checks.filter((check) => !judgedHere.has(check.type)).map((check) => check.id))
  if (unseen.size === 0 || grade.checks.every((check) => unseen.has(check.id))) return grade
  const evidence = 'Not judged here: it needs a second session, and this machine has no PostgreSQL server. It counts for nothing, either way.'
  return gradeFromChecks(grade.checks.map((check) => (unseen.has(check.id) ? { id: check.id, label: check.label, points: 0, passed: true, evidence } : check)))
}
