/** The attempts of windows: each a database with its sessions, reached by its own window only. */
import { randomUUID } from 'node:crypto'
import type { OpenSessions } from '../../../exercises/kinds/postgres/lab-calls.ts'
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { Cell, RunReport } from '../../../exercises/kinds/postgres/session.ts'
import type { Table } from '../../../exercises/kinds/postgres/tables.ts'
import { parseTables, tablesSql } from '../../../exercises/kinds/postgres/tables.ts'
import type { Activity } from '../../../exercises/kinds/postgres/wait-graph.ts'
import { lookAt } from './activity.ts'
import type { LabConnection } from './connection.ts'
import { ExerciseDatabases } from './databases.ts'
import { fitReport } from './fit-report.ts'
import type { Lab } from './lab.ts'
import { runTrusted } from './run-trusted.ts'

/** Together with the 64 clients that a grading may need, their sessions stay under the limit of the learner's role. */
const mostAttempts = 4

/** A database of an exercise, opened for a window. */
export class Attempt {
  readonly id = randomUUID()
  readonly window: string
  readonly lab: Lab
  readonly #exercise: PostgresExercise
  readonly #databases: ExerciseDatabases
  readonly #sessions = new Map<string, LabConnection>()
  #database = ''

  constructor(lab: Lab, exercise: PostgresExercise, window: string) {
    this.lab = lab
    this.window = window
    this.#exercise = exercise
    this.#databases = new ExerciseDatabases(lab, exercise)
  }

  /** Makes the database and opens every session. @throws Error when the exercise's setup fails or the server is gone */
  async open(): Promise<OpenSessions> {
    this.#database = await this.#databases.copy()
    // PostgreSQL's own default, so that a deadlock can be seen before it is broken. Grading is in more of a hurry.
    await this.lab.administer(`ALTER DATABASE ${this.#database} SET deadlock_timeout = '1s'`)
    for (const { name } of this.#exercise.sessions) await this.#openSession(name)
    return {
      attempt: this.id,
      version: this.lab.version,
      sessions: [...this.#sessions].map(([name, session]) => ({ name, backendPid: session.backendPid, transaction: session.transaction })),
    }
  }

  /** Runs statements in a session, which is opened anew when it was lost; null when there is no such session. */
  async run(name: string, sql: string, parameters: Readonly<Record<string, Cell>>): Promise<RunReport | 'no-session' | 'busy'> {
    const known = this.#sessions.get(name)
    if (known === undefined) return 'no-session'
    if (known.runningSinceMs !== null) return 'busy'
    const session = known.transaction === 'lost' ? await this.#openSession(name) : known
    return fitReport(await session.run(sql, { maxRows: this.#exercise.limits.rows, parameters }))
  }

  async cancel(name: string): Promise<void> {
    await this.#sessions.get(name)?.cancel()
  }

  /** What the sessions do now, those of others with them, and which of them are gone. */
  async look(): Promise<{ activity: Activity[]; lost: string[] }> {
    const names = new Map([...this.#sessions].map(([name, session]) => [session.backendPid, name]))
    const counts = new Map(this.#exercise.background.map(({ name, count }) => [name, count]))
    const seen = await lookAt(await this.lab.administrator(this.#database))
    // By the number of the process: a learner may have given the session another name.
    const activity = seen.flatMap((one) => {
      const count = counts.get(one.session)
      const session = names.get(one.pid) ?? (count === undefined ? null : count === 1 ? one.session : `${one.session} ${String(one.pid)}`)
      return session === null ? [] : [{ ...one, session }]
    })
    return { activity, lost: [...this.#sessions].flatMap(([name, session]) => (session.transaction === 'lost' ? [name] : [])) }
  }

  async tables(): Promise<Table[]> {
    const [[json] = []] = await runTrusted(await this.lab.administrator(this.#database), tablesSql)
    return parseTables(json)
  }

  /** Takes the database back to the start, with new sessions. */
  async reset(): Promise<OpenSessions> {
    await this.#closeSessions()
    await this.#databases.giveBack(this.#database)
    return this.open()
  }

  /** Ends the sessions and drops the database. A server that has gone took them along. */
  async close(): Promise<void> {
    await this.#closeSessions()
    await this.#databases.close().catch(() => undefined)
  }

  async #openSession(name: string): Promise<LabConnection> {
    const session = await this.#databases.open(this.#database, name, this.#exercise.limits.statementMs)
    // Waiting for another session is what the workspace is for; work without an end is stopped by the lab.
    await session.run('SET statement_timeout = 0', { maxRows: 1 })
    this.#sessions.set(name, session)
    return session
  }

  async #closeSessions(): Promise<void> {
    const sessions = [...this.#sessions.values()]
    this.#sessions.clear()
    await Promise.all(sessions.map((session) => session.close()))
  }
}

/** All attempts of the app. */
export class Attempts {
  readonly #attempts = new Map<string, Attempt>()

  /** @throws Error when the exercise's setup fails or the server is gone */
  async open(lab: Lab, exercise: PostgresExercise, window: string): Promise<OpenSessions> {
    while (this.#attempts.size >= mostAttempts) await this.close(this.#oldestFor(window))
    const attempt = new Attempt(lab, exercise, window)
    this.#attempts.set(attempt.id, attempt)
    try {
      return await attempt.open()
    } catch (error) {
      await this.close(attempt)
      throw error
    }
  }

  /** The attempt of this name, where it is this window's and its server still runs. */
  find(id: string, window: string): Attempt | null {
    const attempt = this.#attempts.get(id)
    return attempt?.window === window ? attempt : null
  }

  async close(attempt: Attempt | undefined): Promise<void> {
    if (attempt === undefined) return
    this.#attempts.delete(attempt.id)
    await attempt.close()
  }

  async closeOf(window: string): Promise<void> {
    await Promise.all([...this.#attempts.values()].filter((attempt) => attempt.window === window).map((attempt) => this.close(attempt)))
  }

  /** Forgets the attempts of a server that has gone. */
  forget(lab: Lab): void {
    for (const attempt of this.#attempts.values()) if (attempt.lab === lab) void this.close(attempt)
  }

  #oldestFor(window: string): Attempt | undefined {
    const all = [...this.#attempts.values()]
    return all.find((attempt) => attempt.window === window) ?? all[0]
  }
}
