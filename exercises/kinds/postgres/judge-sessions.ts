/** Judges what several sessions showed: events of a schedule, who is left, what a standby answered. */
import { countRows, differenceOf, formatRow } from '../sql/compare-rows.ts'
import type { CheckObservation, PlayedStep, ServedStep } from './observations.ts'
import type { PostgresCheck, ScheduleEvent } from './schema.ts'
import type { Verdict } from './verdict.ts'
import { comparable, describeError, failureOf, right, wrong } from './verdict.ts'
import { splitStatements } from './statements.ts'

type Check<Type extends PostgresCheck['type']> = Extract<PostgresCheck, { type: Type }>
type Seen<Type extends CheckObservation['type']> = Extract<CheckObservation, { type: Type }>

/** Judges what the steps show; null when it is as demanded. */
export function eventFault(check: Check<'events'> | Check<'probe'>, steps: readonly PlayedStep[]): Verdict | null {
  for (const event of check.mustNot) {
    const shown = steps.find((step) => shows(step, event))
    if (shown !== undefined) return wrong(`Line ${shown.line} shows what should not happen: ${describeEvent(event)}.\n${formatSteps(steps)}`, shown.line)
  }
  for (const event of check.must) if (!steps.some((step) => shows(step, event))) return wrong(`No step shows ${describeEvent(event)}.\n${formatSteps(steps)}`)
  if (!check.inOrder && check.oneTransaction.length === 0) return null
  const missing = firstOutOfOrder(check, steps)
  if (missing === null) return null
  const together = check.oneTransaction.length === 0 ? '' : `, with all of session ${check.oneTransaction.join(' and of ')} in one transaction`
  return wrong(`Every part is shown, but not together: ${describeEvent(missing)} is not where it has to be. Wanted${check.inOrder ? ' in this order' : ''}${together}: ${check.must.map(describeEvent).join('; ')}.\n${formatSteps(steps)}`)
}

/** The event of the furthest way through the list at which no step is left to go on with; null when there is a way. */
function firstOutOfOrder(check: Check<'events'> | Check<'probe'>, steps: readonly PlayedStep[]): ScheduleEvent | null {
  let furthest = 0
  const visit = (event: number, from: number, transactions: ReadonlyMap<string, number>): boolean => {
    const wanted = check.must[event]
    if (wanted === undefined) return true
    furthest = Math.max(furthest, event)
    return steps.some((step, index) => {
      if (index < from || !shows(step, wanted)) return false
      if (!check.oneTransaction.includes(step.session)) return visit(event + 1, check.inOrder ? index + 1 : 0, transactions)
      const known = transactions.get(step.session)
      if (known !== undefined && known !== step.transaction) return false
      return visit(event + 1, check.inOrder ? index + 1 : 0, new Map(transactions).set(step.session, step.transaction))
    })
  }
  return visit(0, 0, new Map()) ? null : (check.must[furthest] ?? null)
}

function shows(step: PlayedStep, event: ScheduleEvent): boolean {
  return (
    (event.session === undefined || step.session === event.session) &&
    (event.sqlstate === undefined || (!step.unfinished && step.error?.sqlstate === event.sqlstate)) &&
    (event.waits === undefined || (step.waitedFor !== null) === event.waits) &&
    (event.verb === undefined || (step.error === null && !step.unfinished && splitStatements(step.sql)[0]?.verb === event.verb)) &&
    (event.rows === undefined || step.rows.map(formatRow).join(' ') === event.rows)
  )
}

function describeEvent(event: ScheduleEvent): string {
  const parts = [
    event.sqlstate === undefined ? null : `error ${event.sqlstate}`,
    event.verb === undefined ? null : `${event.verb} done`,
    event.waits === undefined ? null : event.waits ? 'a wait for another session' : 'no wait',
    event.rows === undefined ? null : event.rows === '' ? 'no rows' : `the rows ${event.rows}`,
  ]
  return `${parts.filter((part) => part !== null).join(' with ')}${event.session === undefined ? '' : ` in session ${event.session}`}`
}

/** The played order, one line a step. */
export function formatSteps(steps: readonly PlayedStep[]): string {
  return steps
    .map((step) => {
      if (step.unfinished) return `${step.session}: ${shorten(step.sql)} -> waits for ${step.waitedFor ?? 'another session'} to the end`
      const waited = step.waitedFor === null ? '' : ` waits for ${step.waitedFor},`
      const ended = step.error === null ? (step.rows.length > 0 ? step.rows.slice(0, 3).map(formatRow).join(' ') : step.count === null ? 'done' : countRows(step.count)) : `error ${step.error.sqlstate}`
      return `${step.session}: ${shorten(step.sql)} ->${waited} ${ended}`
    })
    .join('\n')
}

function shorten(sql: string): string {
  const line = sql.replace(/\s+/g, ' ')
  return line.length > 90 ? `${line.slice(0, 90)}...` : line
}

/** Judges who lives on, and whether new sessions find a slot. */
export function judgeSessions(check: Check<'sessions'>, seen: Seen<'sessions'>): Verdict {
  const left = (name: string): string => `${seen.now[name] ?? 0} of ${seen.before[name] ?? 0} sessions of ${name} are there`
  for (const name of check.alive) if ((seen.now[name] ?? 0) < (seen.before[name] ?? 0)) return wrong(`${left(name)}: work was lost that did no harm.`)
  for (const name of check.gone) if ((seen.now[name] ?? 0) > 0) return wrong(`${left(name)} still.`)
  if (seen.refused !== null) return wrong(`${seen.opened} of ${check.opens} new sessions were let in, then: ${describeError(seen.refused)}`)
  return right(`${[...check.gone, ...check.alive].map(left).join('; ')}${check.opens > 0 ? `. ${seen.opened} new sessions were let in` : ''}.`)
}

/** Judges what a client got that wrote on the primary and read on either server. */
export function judgeReplica(check: Check<'replica'>, seen: Seen<'replica'>): Verdict {
  const shown = `With commits applied ${check.delayMs} ms late:\n${formatServed(seen.steps)}`
  if (seen.error !== null) return { ...wrong(`${describeError(seen.error)} ${shown}`), failure: failureOf(seen.error) }
  const last = seen.steps.findLast((step) => step.result !== null && step.result.columns.length > 0)
  if (last === undefined || last.result === null) return wrong('The client returns no rows: end it with the query of the page.')
  const difference = differenceOf(comparable(seen.expected), comparable(last.result), { ordered: true, columns: 'positions', tolerance: 1e-9 })
  if (difference !== null) return wrong(`The ${last.server} answered the last query, and what it said is stale. ${difference} ${shown}`, last.line)
  if (check.servedBy !== undefined && last.server !== check.servedBy) return wrong(`The ${last.server} answered the last query; the ${check.servedBy} could have. ${shown}`, last.line)
  if (check.withinMs !== undefined && seen.milliseconds > check.withinMs) return { ...wrong(`The page took longer than ${check.withinMs} ms. ${shown}`), failure: 'time' }
  return right(shown)
}

function formatServed(steps: readonly ServedStep[]): string {
  return steps.map(({ server, sql, result }) => `${server}: ${shorten(sql)} -> ${result === null ? 'failed' : result.rows.length > 0 ? result.rows.slice(0, 3).map(formatRow).join(' ') : countRows(result.count ?? 0)}`).join('\n')
}
