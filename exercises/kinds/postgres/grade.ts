/** Judges an answer to a `postgres` exercise by what the lab saw. Pure: the same observations give the same grade. */
import type { Grade, GradeCheck } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import { differenceOf, formatRow } from '../sql/compare-rows.ts'
import type { AnswerFault } from './answer.ts'
import type { Afterwards, CheckObservation, Observations, PlayedStep } from './observations.ts'
import { isError } from './observations.ts'
import { formatPlan } from './plan.ts'
import { brokenDemand } from './plan-demand.ts'
import type { PostgresCheck, PostgresExercise, ScheduleEvent } from './schema.ts'
import type { PostgresError, StatementResult } from './session.ts'
import { lineAt, splitStatements } from './statements.ts'

/** What became of one check. */
export interface Verdict {
  passed: boolean
  evidence: string
  failure?: NonNullable<GradeCheck['failure']>
  line?: number
}
const wrong = (evidence: string, line?: number): Verdict => ({ passed: false, evidence, failure: 'wrong', ...(line === undefined ? {} : { line }) })
const right = (evidence: string): Verdict => ({ passed: true, evidence })

/** Grades from observations. */
export function gradePostgres(exercise: PostgresExercise, answer: string, observations: Observations): Grade {
  const { failure } = observations
  if (failure !== null) return failedGrade(exercise, failureOf(failure), describeError(failure), lineAt(answer, failure.start))
  return gradeFromChecks(
    exercise.checks.map((check) => {
      const seen = observations.checks[check.id]
      const verdict: Verdict = seen === undefined ? { passed: false, evidence: 'It was not run.', failure: 'not-run' } : judge(check, seen, answer)
      return { id: check.id, label: check.label, points: check.points, ...verdict, ...(verdict.passed || check.hint === undefined ? {} : { hint: check.hint }) }
    }),
  )
}

/** A grade in which every check fails for one reason. */
export function failedGrade(exercise: PostgresExercise, failure: NonNullable<GradeCheck['failure']>, evidence: string, line?: number): Grade {
  return gradeFromChecks(exercise.checks.map((check) => ({ id: check.id, label: check.label, points: check.points, passed: false, evidence, failure, ...(line === undefined ? {} : { line }) })))
}

/** The grade of an answer that cannot be read. */
export function unreadableGrade(exercise: PostgresExercise, fault: AnswerFault): Grade {
  return failedGrade(exercise, 'syntax', fault.message, fault.line)
}

/** Class of a failure by its SQLSTATE. */
export function failureOf(error: PostgresError): NonNullable<GradeCheck['failure']> {
  if (error.sqlstate === '57014' || error.sqlstate === '55P03') return 'time'
  if (error.sqlstate.startsWith('53')) return 'memory'
  if (error.sqlstate.startsWith('08') || error.sqlstate.startsWith('57P')) return 'crash'
  return error.sqlstate.startsWith('42') ? 'syntax' : 'wrong'
}

function describeError(error: PostgresError): string {
  return [`${error.message} (SQLSTATE ${error.sqlstate}).`, error.detail, error.hint].filter((part) => part !== undefined).join(' ')
}

function judge(check: PostgresCheck, seen: CheckObservation, answer: string): Verdict {
  if (check.type === 'rows' && seen.type === 'rows') return judgeRows(seen.actual, seen.expected, check)
  if (check.type === 'plan' && seen.type === 'plan') {
    if (isError(seen.plan)) return { ...wrong(describeError(seen.plan)), failure: failureOf(seen.plan) }
    const broken = brokenDemand(seen.plan, check.demand)
    return broken === null ? right(formatPlan(seen.plan.root)) : wrong(broken)
  }
  if (check.type === 'statements' && seen.type === 'statements') return judgeStatements(check, answer)
  if (check.type === 'interleavings' && seen.type === 'interleavings') {
    for (const { steps, after, left } of seen.played) {
      const error = steps.find((step) => step.error !== null && !check.errors.includes(step.error.sqlstate) && left.includes(step.session))
      if (error?.error) return wrong(`In this order ${error.session} ends with an error: ${describeError(error.error)}\n${formatSteps(steps)}`, error.line)
      const waited = steps.find((step) => step.waitedFor !== null)
      if (!check.mayWait && waited !== undefined) return wrong(`${waited.session} has to wait for ${waited.waitedFor}.\n${formatSteps(steps)}`, waited.line)
      const difference = afterDifference(after)
      if (difference !== null) return wrong(`In this order the result is wrong. ${difference}\n${formatSteps(steps)}`)
    }
    return right(`${seen.played.length} of ${seen.total} orders were played, and every one left the right rows.`)
  }
  if (check.type === 'concurrency' && seen.type === 'concurrency') {
    const failed = seen.ends.find((end) => end.sqlstate !== null && !check.errors.includes(end.sqlstate))
    if (failed !== undefined) return wrong(`Client ${failed.client} of ${seen.ends.length} ended with ${failed.message} (SQLSTATE ${failed.sqlstate}) after ${failed.retries} retries.`)
    const difference = afterDifference(seen.after)
    if (difference !== null) return wrong(`After ${check.clients} clients at the same time: ${difference}`)
    if (check.withinMs !== undefined && seen.milliseconds > check.withinMs) return { ...wrong(`It took longer than ${check.withinMs} ms: the clients waited for one another.`), failure: 'time' }
    return right(`${check.clients} clients ran at the same time and left ${formatRow(rowOf(seen.after.actual))}.`)
  }
  if (check.type === 'events' && seen.type === 'events') return judgeEvents(check, seen.steps, seen.after)
  if (check.type === 'locks' && seen.type === 'locks') {
    const forbidden = seen.asked.find((lock) => check.forbids.includes(lock.mode))
    if (forbidden !== undefined) return wrong(`It asked for ${forbidden.mode} on ${check.table}${forbidden.granted ? '' : ', and waited for a transaction that writes there: all who come later wait behind it'}.`)
    if (seen.error !== null) return { ...wrong(describeError(seen.error)), failure: failureOf(seen.error) }
    return right(`On ${check.table} it took ${[...new Set(seen.asked.map((lock) => lock.mode))].join(', ') || 'no lock that waits'}.`)
  }
  if (check.type === 'settings' && seen.type === 'settings') {
    if (typeof seen.value !== 'string') return wrong(describeError(seen.value))
    return seen.value === check.expect ? right(`${check.name} is ${seen.value} in a new session.`) : wrong(`${check.name} is ${seen.value} in a new session; it should be ${check.expect}.`)
  }
  return { passed: false, evidence: 'It was not run.', failure: 'not-run' }
}

function judgeRows(actual: StatementResult | PostgresError | null, expected: StatementResult, how: { ordered: boolean; columns: 'positions' | 'names'; tolerance: number }): Verdict {
  if (actual === null) return wrong('The answer returns no rows: end it with a query.')
  if (isError(actual)) return { ...wrong(describeError(actual)), failure: failureOf(actual) }
  const difference = differenceOf(comparable(expected), comparable(actual), how)
  return difference === null ? right(`${actual.rows.length} rows, as expected.`) : wrong(difference)
}

/** The comparison of the `sql` kind asks for a count of changed rows, which it does not look at. */
function comparable(result: StatementResult): StatementResult & { changes: number } {
  return { ...result, changes: 0 }
}

function afterDifference({ actual, expected }: Afterwards): string | null {
  if (isError(actual)) return describeError(actual)
  return differenceOf(comparable(expected), comparable(actual), { ordered: true, columns: 'positions', tolerance: 1e-9 })
}

function rowOf(result: StatementResult | PostgresError): StatementResult['rows'][number] | undefined {
  return isError(result) ? undefined : result.rows[0]
}

function judgeStatements(check: Extract<PostgresCheck, { type: 'statements' }>, answer: string): Verdict {
  const statements = splitStatements(answer)
  const other = statements.find((statement) => check.allow !== undefined && !check.allow.includes(statement.verb))
  if (other !== undefined) return wrong(`${other.verb} is not among ${check.allow?.join(', ')}.`, lineAt(answer, other.start))
  if (check.max !== undefined && statements.length > check.max) return wrong(`The answer holds ${statements.length} statements; ${check.max} are allowed.`)
  return right(`${statements.length} statements: ${statements.map((statement) => statement.verb).join(', ')}.`)
}

function judgeEvents(check: Extract<PostgresCheck, { type: 'events' }>, steps: readonly PlayedStep[], after: Afterwards | null): Verdict {
  for (const event of check.mustNot) {
    const shown = steps.find((step) => shows(step, event))
    if (shown !== undefined) return wrong(`Line ${shown.line} shows what should not happen: ${describeEvent(event)}.\n${formatSteps(steps)}`, shown.line)
  }
  for (const event of check.must) if (!steps.some((step) => shows(step, event))) return wrong(`No step shows ${describeEvent(event)}.\n${formatSteps(steps)}`)
  const difference = after === null ? null : afterDifference(after)
  return difference === null ? right(formatSteps(steps)) : wrong(`${difference}\n${formatSteps(steps)}`)
}

function shows(step: PlayedStep, event: ScheduleEvent): boolean {
  return (
    (event.session === undefined || step.session === event.session) &&
    (event.sqlstate === undefined || step.error?.sqlstate === event.sqlstate) &&
    (event.waits === undefined || (step.waitedFor !== null) === event.waits) &&
    (event.rows === undefined || step.rows.map(formatRow).join(' ') === event.rows)
  )
}

function describeEvent(event: ScheduleEvent): string {
  const parts = [event.sqlstate === undefined ? null : `error ${event.sqlstate}`, event.waits === undefined ? null : event.waits ? 'a wait for another session' : 'no wait', event.rows === undefined ? null : `the rows ${event.rows}`]
  return `${parts.filter((part) => part !== null).join(' with ')}${event.session === undefined ? '' : ` in session ${event.session}`}`
}

/** The played order, one line a step. */
function formatSteps(steps: readonly PlayedStep[]): string {
  return steps
    .map((step) => {
      const sql = step.sql.replace(/\s+/g, ' ')
      const waited = step.waitedFor === null ? '' : ` waits for ${step.waitedFor},`
      const ended = step.error === null ? (step.rows.length > 0 ? step.rows.slice(0, 3).map(formatRow).join(' ') : step.count === null ? 'done' : `${step.count} rows`) : `error ${step.error.sqlstate}`
      return `${step.session}: ${sql.length > 90 ? `${sql.slice(0, 90)}...` : sql} ->${waited} ${ended}`
    })
    .join('\n')
}
