/** The observations that need several sessions: every order of turns, many clients at once, schedules, locks. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ScheduleStep } from '../../../exercises/kinds/postgres/answer.ts'
import { clientParameters, interleavings, ordersOf } from '../../../exercises/kinds/postgres/answer.ts'
import type { ClientAnswer } from '../../../exercises/kinds/postgres/client.ts'
import { ClientRun } from '../../../exercises/kinds/postgres/client.ts'
import { orderFault } from '../../../exercises/kinds/postgres/grade.ts'
import type { CheckObservation, ClientEnd } from '../../../exercises/kinds/postgres/observations.ts'
import type { PostgresCheck } from '../../../exercises/kinds/postgres/schema.ts'
import type { PostgresError } from '../../../exercises/kinds/postgres/session.ts'
import { quoteName } from '../../../exercises/kinds/postgres/statements.ts'
import { blockersOf, lookAt } from './activity.ts'
import type { LabConnection } from './connection.ts'
import type { Observer } from './observe.ts'
import { playClients, playSchedule, Stage } from './play.ts'

type Check<Type extends PostgresCheck['type']> = Extract<PostgresCheck, { type: Type }>
type Seen<Type extends CheckObservation['type']> = Extract<CheckObservation, { type: Type }>

async function withSessions<Value>(observer: Observer, database: string, names: readonly string[], work: (sessions: Map<string, LabConnection>) => Promise<Value>): Promise<Value> {
  const sessions = new Map<string, LabConnection>()
  try {
    await Promise.all(names.map(async (name) => sessions.set(name, await observer.databases.open(database, name))))
    return await work(sessions)
  } finally {
    await Promise.all([...sessions.values()].map((session) => session.close()))
  }
}

export async function observeInterleavings(observer: Observer, check: Check<'interleavings'>, client: ClientAnswer): Promise<Seen<'interleavings'>> {
  const statements = client.items.filter((item) => item.kind === 'run').length
  const turns = check.clients.map(() => statements)
  const orders = interleavings(turns, check.max)
  const expected = await observer.expected(check.expect)
  const played: Seen<'interleavings'>['played'] = []
  for (const order of orders) {
    const seen = await observer.withDatabase(async (database) => {
      const administrator = await observer.lab.administrator(database)
      const { stage, left } = await withSessions(observer, database, check.clients.map(({ name }) => name), async (sessions) => {
        const stage = new Stage(sessions, administrator, observer.exercise.limits.rows)
        const clients = check.clients.map(({ name, parameters }) => ({ name, parameters, answer: client }))
        return { stage, left: await playClients(stage, clients, order) }
      })
      return { steps: stage.steps, after: await observer.afterwards(database, check.query, expected), left }
    })
    played.push(seen)
    if (orderFault(check, seen) !== null) break
  }
  return { type: 'interleavings', played, total: ordersOf(turns) }
}

export async function observeConcurrency(observer: Observer, check: Check<'concurrency'>, client: ClientAnswer): Promise<Seen<'concurrency'>> {
  const expected = await observer.expected(check.expect)
  return observer.withDatabase(async (database) => {
    const names = Array.from({ length: check.clients }, (_, index) => `client ${index + 1}`)
    const { ends, milliseconds } = await withSessions(observer, database, names, async (sessions) => {
      const began = performance.now()
      const lost = Promise.withResolvers<ClientEnd[]>()
      const all = [...sessions.values()].map(async (session, index) => {
        const end = await runClient(observer, session, index + 1, check, client)
        if (end.sqlstate !== null && !check.errors.includes(end.sqlstate)) lost.resolve([end])
        return end
      })
      // The first that fails decides; the rest may wait for one another much longer. They end with their sessions.
      const ends = await Promise.race([Promise.all(all), lost.promise])
      return { ends, milliseconds: Math.round(performance.now() - began) }
    })
    return { type: 'concurrency', ends, after: await observer.afterwards(database, check.query, expected), milliseconds }
  })
}

/** One client of an application: runs the answer, and runs it again where the answer says so. */
async function runClient(observer: Observer, session: LabConnection, number: number, check: Check<'concurrency'>, client: ClientAnswer): Promise<ClientEnd> {
  const end: ClientEnd = { client: number, sqlstate: null, message: '', retries: 0 }
  const run = new ClientRun(client.items, clientParameters(check.parameters, number))
  for (let turn = 0; turn < check.repeat; turn += 1) {
    for (let retries = 0; ; retries += 1) {
      const error = await runOnce(observer, session, run)
      if (session.transaction === 'open' || session.transaction === 'failed') await observer.run(session, 'ROLLBACK')
      run.restart()
      if (error === null) break
      if (!client.retry.sqlstates.includes(error.sqlstate) || retries >= client.retry.times) return { ...end, sqlstate: error.sqlstate, message: error.message }
      end.retries += 1
      // A pause that grows with the tries, and differs between clients, so that they do not meet again.
      await sleep(Math.min(200, 2 ** Math.min(retries, 6) * (1 + (number % 7) / 7)))
    }
  }
  return end
}

async function runOnce(observer: Observer, session: LabConnection, run: ClientRun): Promise<PostgresError | null> {
  for (let step = run.next(); step !== null; step = run.next()) {
    if (step.kind === 'sleep') {
      await sleep(step.ms)
      continue
    }
    const { error, results } = await observer.run(session, step.sql, step.parameters)
    const failure = error ?? run.took(results.at(-1) ?? { columns: [], rows: [] })
    if (failure !== null) return failure
  }
  return null
}

export async function observeSchedule(observer: Observer, check: Check<'events'>, steps: readonly ScheduleStep[]): Promise<Seen<'events'>> {
  const expected = check.query !== undefined && check.expect !== undefined ? await observer.expected(check.expect) : null
  return observer.withDatabase(async (database) => {
    const administrator = await observer.lab.administrator(database)
    const names = observer.exercise.sessions.map((session) => session.name)
    const played = await withSessions(observer, database, names, (sessions) => playSchedule(new Stage(sessions, administrator, observer.exercise.limits.rows), names, steps))
    const after = expected !== null && check.query !== undefined ? await observer.afterwards(database, check.query, expected) : null
    return { type: 'events', steps: played, after }
  })
}

/** A transaction holds the table; what the answer asks for then can be seen, whether it gets it or waits. */
export async function observeLocks(observer: Observer, check: Check<'locks'>, sql: string): Promise<Seen<'locks'>> {
  return observer.withDatabase(async (database) => {
    const administrator = await observer.lab.administrator(database)
    return withSessions(observer, database, ['holder', 'answer'], async (sessions) => {
      const [holder, session] = [sessions.get('holder'), sessions.get('answer')]
      if (holder === undefined || session === undefined) throw new Error('The sessions did not open.')
      const held = await observer.run(holder, `BEGIN; ${check.holder}`)
      if (held.error !== null) throw new Error(`the holder of the check ${check.id} fails: ${held.error.message}`)
      let ended = false
      const running = observer.run(session, sql, observer.exercise.parameters).finally(() => (ended = true))
      const asked: Seen<'locks'>['asked'] = []
      for (let waits = false; !ended && !waits; await Promise.race([running, sleep(5)])) {
        waits = ((await blockersOf(administrator, [session.backendPid])).get(session.backendPid) ?? []).length > 0
        const mine = (await lookAt(administrator)).find((activity) => activity.pid === session.backendPid)
        for (const lock of mine?.locks ?? []) if (sameTable(lock.target, check.table) && !asked.some((seen) => seen.mode === lock.mode)) asked.push({ mode: lock.mode, granted: lock.granted })
      }
      await observer.run(holder, 'COMMIT')
      return { type: 'locks', asked, error: (await running).error }
    })
  })
}

function sameTable(target: string, table: string): boolean {
  return target === table || target === quoteName(table)
}
