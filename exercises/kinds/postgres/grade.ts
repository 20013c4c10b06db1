/** Judges an answer to a `postgres` exercise by what the lab saw. Pure: the same observations give the same grade. */
import type { Grade, GradeCheck } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import { countRows, differenceOf, formatRow } from '../sql/compare-rows.ts'
import type { AnswerFault } from './answer.ts'
import { readClient } from './client.ts'
import { eventFault, formatSteps, judgeReplica, judgeSessions } from './judge-sessions.ts'
import type { Afterwards, CheckObservation, Observations, PlayedOrder } from './observations.ts'
import { isError } from './observations.ts'
import { formatPlan } from './plan.ts'
import { brokenDemand } from './plan-demand.ts'
import type { PostgresCheck, PostgresExercise } from './schema.ts'
import type { PostgresError, StatementResult } from './session.ts'
import { lineAt, splitStatements } from './statements.ts'
import type { Verdict } from './verdict.ts'
import { comparable, describeError, failureOf, right, wrong } from './verdict.ts'
import { thousands } from '../../core/thousands.ts'

/** Grades from observations. */
export function gradePostgres(exercise: PostgresExercise, answer: string, observations: Observations): Grade {
  const { failure } = observations
  if (failure !== null) return failedGrade(exercise, failureOf(failure), describeError(failure), lineAt(answer, failure.start))
  return gradeFromChecks(
    exercise.checks.map((check) => {
      const seen = observations.checks[check.id]
      const verdict: Verdict = seen === undefined ? { passed: false, evidence: 'It was not run.', failure: 'not-run' } : judge(check, seen, exercise.mode === 'client' ? readClient(answer).answer.sql : answer)
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

function judge(check: PostgresCheck, seen: CheckObservation, answer: string): Verdict {
  if (check.type === 'rows' && seen.type === 'rows') return judgeRows(seen.actual, seen.expected, check)
  if (check.type === 'plan' && seen.type === 'plan') {
    if (isError(seen.plan)) return { ...wrong(describeError(seen.plan)), failure: failureOf(seen.plan) }
    const broken = brokenDemand(seen.plan, check.demand)
    return broken === null ? right(formatPlan(seen.plan.root)) : wrong(broken)
  }
  if (check.type === 'statements' && seen.type === 'statements') return judgeStatements(check, answer)
  if (check.type === 'interleavings' && seen.type === 'interleavings') {
    for (const order of seen.played) {
      const fault = orderFault(check, order)
      if (fault !== null) return fault
    }
    const orders = seen.total > seen.played.length ? `${seen.played.length} of the ${thousands(seen.total)} possible orders were played,` : `All ${seen.total} orders were played,`
    return right(`${orders} and every one left the right rows.`)
  }
  if (check.type === 'concurrency' && seen.type === 'concurrency') {
    const failed = seen.ends.find((end) => end.sqlstate !== null && !check.errors.includes(end.sqlstate))
    if (failed !== undefined) return wrong(`Client ${failed.client} of ${check.clients} ended with ${failed.message} (SQLSTATE ${failed.sqlstate}) after ${failed.retries} retries.`)
    const difference = afterDifference(seen.after)
    if (difference !== null) return wrong(`After ${check.clients} clients at the same time: ${difference}`)
    if (check.withinMs !== undefined && seen.milliseconds > check.withinMs) return { ...wrong(`It took longer than ${check.withinMs} ms: the clients waited for one another.`), failure: 'time' }
    return right(`${check.clients} clients ran at the same time and left ${formatRow(rowOf(seen.after.actual))}.`)
  }
  if (check.type === 'events' && seen.type === 'events') {
    const fault = eventFault(check, seen.steps)
    if (fault !== null) return fault
    const difference = seen.after === null ? null : afterDifference(seen.after)
    return difference === null ? right(formatSteps(seen.steps)) : wrong(`${difference}\n${formatSteps(seen.steps)}`)
  }
  if (check.type === 'locks' && seen.type === 'locks') {
    const forbidden = seen.asked.find((lock) => check.forbids.includes(lock.mode))
    if (forbidden !== undefined) return wrong(`It asked for ${forbidden.mode} on ${check.table}${forbidden.granted ? '' : ', and waited for a transaction that writes there: all who come later wait behind it'}.`)
    if (seen.error !== null) return { ...wrong(describeError(seen.error)), failure: failureOf(seen.error) }
    return right(`On ${check.table} it took ${[...new Set(seen.asked.map((lock) => lock.mode))].join(', ') || 'no lock that waits'}.`)
  }
  if (check.type === 'settings' && seen.type === 'settings') return judgeSetting(check, seen)
  if (check.type === 'sessions' && seen.type === 'sessions') return judgeSessions(check, seen)
  if (check.type === 'replica' && seen.type === 'replica') return judgeReplica(check, seen)
  if (check.type === 'probe' && seen.type === 'probe') return eventFault(check, seen.steps) ?? right(formatSteps(seen.steps))
  return { passed: false, evidence: 'It was not run.', failure: 'not-run' }
}

/** What is wrong with one played order; null when nothing is. One is enough: no other need be played then. */
export function orderFault(check: Extract<PostgresCheck, { type: 'interleavings' }>, { steps, after, left }: PlayedOrder): Verdict | null {
  const error = steps.find((step) => step.error !== null && !check.errors.includes(step.error.sqlstate) && left.includes(step.session))
  if (error?.error) return wrong(`In this order ${error.session} ends with an error: ${describeError(error.error)}\n${formatSteps(steps)}`, error.line)
  const forbidden = steps.find((step) => step.error !== null && check.never.includes(step.error.sqlstate))
  if (forbidden?.error) return wrong(`In this order ${forbidden.session} fails, even if it tries again: ${describeError(forbidden.error)}\n${formatSteps(steps)}`, forbidden.line)
  const waited = steps.find((step) => step.waitedFor !== null)
  if (!check.mayWait && waited !== undefined) return wrong(`${waited.session} has to wait for ${waited.waitedFor}.\n${formatSteps(steps)}`, waited.line)
  const difference = afterDifference(after)
  return difference === null ? null : wrong(`In this order the result is wrong. ${difference}\n${formatSteps(steps)}`)
}

function judgeRows(actual: StatementResult | PostgresError | null, expected: StatementResult, how: { ordered: boolean; columns: 'positions' | 'names'; tolerance: number }): Verdict {
  if (actual === null) return wrong('The answer returns no rows: end it with a query.')
  if (isError(actual)) return { ...wrong(describeError(actual)), failure: failureOf(actual) }
  const difference = differenceOf(comparable(expected), comparable(actual), how)
  return difference === null ? right(`${countRows(actual.rows.length)}, as expected.`) : wrong(difference)
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

/** Evidence that a setting is within what was asked; a time of 0 means none, and is beyond every bound. */
function judgeSetting(check: Extract<PostgresCheck, { type: 'settings' }>, { value, ms }: Extract<CheckObservation, { type: 'settings' }>): Verdict {
  if (typeof value !== 'string') return wrong(describeError(value))
  const { name, expect, minMs, maxMs } = check
  const shown = `${name} is ${value} in a new session`
  if (expect !== undefined && value !== expect) return wrong(`${shown}; it should be ${expect}.`)
  if (minMs === undefined && maxMs === undefined) return right(`${shown}.`)
  if (ms === null) return wrong(`${shown}, which is no time.`)
  if (ms === 0) return wrong(`${shown}, which means no limit.`)
  if (ms < (minMs ?? 0) || ms > (maxMs ?? Infinity)) return wrong(`${shown}; it should be ${[minMs === undefined ? '' : `at least ${minMs} ms`, maxMs === undefined ? '' : `at most ${maxMs} ms`].filter((part) => part !== '').join(' and ')}.`)
  return right(`${shown}.`)
}
