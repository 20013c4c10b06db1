/** Looks at what an answer left: new sessions that try it, sessions that are gone, a standby that is late. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readSchedule } from '../../../exercises/kinds/postgres/answer.ts'
import type { ClientAnswer } from '../../../exercises/kinds/postgres/client.ts'
import { ClientRun } from '../../../exercises/kinds/postgres/client.ts'
import type { CheckObservation, ServedStep } from '../../../exercises/kinds/postgres/observations.ts'
import type { PostgresCheck } from '../../../exercises/kinds/postgres/schema.ts'
import type { PostgresError } from '../../../exercises/kinds/postgres/session.ts'
import type { LabConnection } from './connection.ts'
import { openOrError } from './connection.ts'
import type { Observer } from './observe.ts'
import { playSchedule, Stage } from './play.ts'

type Check<Type extends PostgresCheck['type']> = Extract<PostgresCheck, { type: Type }>
type Seen<Type extends CheckObservation['type']> = Extract<CheckObservation, { type: Type }>

/** Plays a check's own steps on what the answer left. Its sessions have the settings of the role and no others. */
export async function observeProbe(observer: Observer, database: string, check: Check<'probe'>): Promise<Seen<'probe'>> {
  const names = ['A', 'B', 'C', 'D']
  const { steps, faults } = readSchedule(check.steps, names)
  if (faults[0] !== undefined) throw new Error(`the steps of the check ${check.id} cannot be read: ${faults[0].message}`)
  const used = names.filter((name) => steps.some((step) => step.session === name))
  const sessions = new Map<string, LabConnection>()
  try {
    for (const name of used) {
      const session = await openOrError(() => observer.lab.openSession(database, name))
      if ('sqlstate' in session) return { type: 'probe', steps: [{ session: name, sql: 'connect', line: 1, transaction: 0, waitedFor: null, error: session, unfinished: false, columns: [], rows: [], count: null }] }
      sessions.set(name, session)
    }
    return { type: 'probe', steps: await playSchedule(new Stage(sessions, await observer.lab.administrator(database), observer.exercise.limits.rows), used, steps) }
  } finally {
    await Promise.all([...sessions.values()].map((session) => session.close()))
  }
}

/** Counts the background sessions that are left, and opens new ones. */
export async function observeOpenings(observer: Observer, database: string, check: Check<'sessions'>): Promise<Seen<'sessions'>> {
  const { before, now } = await observer.databases.backgroundSessions(database)
  const opened: LabConnection[] = []
  let refused: PostgresError | null = null
  try {
    while (opened.length < check.opens && refused === null) {
      const session = await openOrError(() => observer.lab.openSession(database, 'new'))
      if ('sqlstate' in session) refused = session
      else opened.push(session)
    }
    return { type: 'sessions', before, now, opened: opened.length, refused }
  } finally {
    await Promise.all(opened.map((session) => session.close()))
  }
}

/** Runs a client once against a primary and its standby, which applies commits late. */
export async function observeReplica(observer: Observer, check: Check<'replica'>, client: ClientAnswer): Promise<Seen<'replica'>> {
  return observer.withDatabase(async (database) => {
    const sessions = { primary: await observer.databases.open(database, 'client'), standby: await observer.databases.openOn('standby', database, 'client') }
    try {
      await observer.databases.setDelay(check.delayMs)
      const run = new ClientRun(client.items, check.parameters)
      const steps: ServedStep[] = []
      let error: PostgresError | null = null
      const began = performance.now()
      for (let step = run.next(); step !== null && error === null; step = run.next()) {
        if (step.kind === 'sleep') await sleep(step.ms)
        else {
          // The server's own limit does not count the wait for a synchronous standby.
          const session = sessions[step.server]
          const late = setTimeout(() => void session.cancel().catch(() => undefined), observer.exercise.limits.statementMs)
          const report = await observer.run(session, step.sql, step.parameters).finally(() => clearTimeout(late))
          const result = report.results.at(-1) ?? null
          steps.push({ server: step.server, sql: step.sql, line: step.line, result })
          error = report.error ?? run.took(result ?? { columns: [], rows: [] })
        }
      }
      const milliseconds = Math.round(performance.now() - began)
      const expected = await observer.lastResult(sessions.primary, check.expect)
      if ('sqlstate' in expected) throw new Error(`The query of the check ${check.id} fails: ${expected.message}`)
      return { type: 'replica', steps, error, expected, milliseconds }
    } finally {
      await Promise.all(Object.values(sessions).map((session) => session.close()))
    }
  })
}
