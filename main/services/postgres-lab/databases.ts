/**
 * A database for each attempt, copied from one in which the setup ran once. Where the setup is quick, a database that is
 * given back is emptied and set up anew instead: that takes a tenth of the time of a copy.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerName } from '../../../exercises/kinds/postgres/client.ts'
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { StatementResult } from '../../../exercises/kinds/postgres/session.ts'
import { quoteName } from '../../../exercises/kinds/postgres/statements.ts'
import type { LabConnection } from './connection.ts'
import type { Lab } from './lab.ts'
import { learnerLimitsSql } from './lab.ts'
import { learnerRole } from './roles.ts'
import { runTrusted } from './run-trusted.ts'
import type { Standby } from './standby.ts'

let created = 0
const quickSetupMs = 150
const largeBytes = 32_000_000

/** How many sessions of each background name there are. */
type Counts = Readonly<Record<string, number>>

/** The databases of one exercise. */
export class ExerciseDatabases {
  readonly #lab: Lab
  readonly #exercise: PostgresExercise
  readonly #template: string
  readonly #copies = new Set<string>()
  readonly #spare: string[] = []
  /** What the queries of checks return on untouched data, by their text. */
  readonly expected = new Map<string, StatementResult>()
  readonly #background = new Map<string, LabConnection[]>()
  #standby: Standby | null = null
  #ready: Promise<void> | null = null
  #large = false
  #quick = false

  constructor(lab: Lab, exercise: PostgresExercise) {
    this.#lab = lab
    this.#exercise = exercise
    created += 1
    this.#template = `exercise_${created}`
  }

  /** Runs the setup, once. @throws Error when the exercise's own statements fail */
  prepare(): Promise<void> {
    this.#ready ??= this.#build()
    return this.#ready
  }

  /** A database as the setup left it, with the sessions of others in it. Returns its name. */
  async copy(): Promise<string> {
    await this.prepare()
    const name = this.#spare.pop() ?? (await this.#create())
    try {
      const { connections } = this.#exercise.server
      if (connections !== undefined) {
        // The lab's own session takes a slot too.
        await this.#lab.administrator(name)
        await this.#lab.administer(`ALTER DATABASE ${name} CONNECTION LIMIT ${connections + 1}`)
      }
      await this.#enterBackground(name)
      await this.#standby?.catchUp()
      const { standby } = this.#exercise.server
      if (standby !== undefined && standby.delayMs > 0) await this.setDelay(standby.delayMs)
    } catch (error) {
      await this.giveBack(name)
      throw error
    }
    return name
  }

  /** Takes a database back; whoever is still in it is thrown out. */
  async giveBack(name: string): Promise<void> {
    await Promise.all((this.#background.get(name) ?? []).map((session) => session.close()))
    this.#background.delete(name)
    await this.#lab.administer(learnerLimitsSql)
    if (this.#quick) {
      await this.#lab.closeAdministrator(name)
      await this.#lab.administer(`ALTER DATABASE ${name} CONNECTION LIMIT -1`)
      await this.#fill(name, `DROP OWNED BY ${learnerRole} CASCADE`)
      this.#spare.push(name)
      return
    }
    this.#copies.delete(name)
    await this.#lab.dropDatabase(name)
  }

  /** A learner's session with the exercise's limit of time, on the server that the exercise gives to its name. */
  async open(database: string, name: string, workLimitMs?: number): Promise<LabConnection> {
    const declared = this.#exercise.sessions.find((session) => session.name === name)
    return this.openOn(declared?.on ?? 'primary', database, name, workLimitMs)
  }

  /** A learner's session on one of the servers. `name` is shown in pg_stat_activity; `workLimitMs` as in the lab. */
  async openOn(server: ServerName, database: string, name: string, workLimitMs?: number): Promise<LabConnection> {
    if (server === 'standby' && this.#standby === null) throw new Error('the exercise has no standby')
    const session = server === 'standby' && this.#standby !== null ? await this.#standby.openSession(database, name) : await this.#lab.openSession(database, name, workLimitMs)
    await session.run(`SET statement_timeout = ${this.#exercise.limits.statementMs}`, { maxRows: 1 })
    return session
  }

  /** From now on the standby applies commits this late. */
  async setDelay(delayMs: number): Promise<void> {
    await this.#standby?.setDelay(delayMs)
  }

  /** The background sessions of a database: those that there were, and those that are left. */
  async backgroundSessions(database: string): Promise<{ before: Counts; now: Counts }> {
    const rows = await this.#lab.administer(`SELECT application_name, count(*) FROM pg_stat_activity WHERE datname = '${database}' AND usename = '${learnerRole}' GROUP BY 1`)
    const before = Object.fromEntries(this.#exercise.background.map(({ name, count }) => [name, count]))
    return { before, now: Object.fromEntries(rows.map(([name, count]) => [String(name), Number(count)])) }
  }

  async close(): Promise<void> {
    for (const session of [...this.#background.values()].flat()) await session.close()
    this.#background.clear()
    for (const name of [...this.#copies, this.#template]) await this.#lab.dropDatabase(name)
    if (this.#standby !== null) await this.#lab.releaseStandby()
    this.#standby = null
    if (this.#exercise.server.autovacuum && this.#ready !== null) await this.#lab.useAutovacuum(-1)
    this.#copies.clear()
    this.#spare.length = 0
    this.#ready = null
  }

  async #create(): Promise<string> {
    created += 1
    const name = `attempt_${created}`
    // Copying files beats writing every page to the log once the data are large.
    await this.#lab.administer(`CREATE DATABASE ${name} TEMPLATE ${this.#template} STRATEGY ${this.#large ? 'FILE_COPY' : 'WAL_LOG'}`)
    this.#copies.add(name)
    return name
  }

  /** Opens the sessions of others, one after the other, so that they come in the order of the exercise. */
  async #enterBackground(database: string): Promise<void> {
    const sessions: LabConnection[] = []
    this.#background.set(database, sessions)
    for (const { name, count, sql, runs } of this.#exercise.background) {
      for (let number = 1; number <= count; number += 1) {
        const session = await this.#lab.openSession(database, name, Number.POSITIVE_INFINITY)
        sessions.push(session)
        const { error } = await session.run(`SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; ${sql}`, { maxRows: 1, parameters: { number } })
        if (error !== null) throw new Error(`the background session ${name} fails: ${error.message} (${error.sqlstate})`)
        if (runs !== undefined) await this.#begin(session, runs, number)
      }
    }
  }

  /** Sends a statement that goes on, and waits until the server has it. */
  async #begin(session: LabConnection, runs: string, number: number): Promise<void> {
    const ended = session.run(runs, { maxRows: 1, parameters: { number } }).then((report) => report.error)
    for (;;) {
      const [[active] = []] = await this.#lab.administer(`SELECT state = 'active' FROM pg_stat_activity WHERE pid = ${session.backendPid}`)
      if (active === 't') return
      const error = await Promise.race([ended, sleep(5)])
      if (error !== undefined && error !== null) throw new Error(`a background session fails: ${error.message} (${error.sqlstate})`)
      if (error === null) return
    }
  }

  async #build(): Promise<void> {
    if (this.#exercise.server.autovacuum) await this.#lab.useAutovacuum(1)
    if (this.#exercise.server.standby !== undefined) this.#standby = await this.#lab.useStandby()
    const started = performance.now()
    await this.#lab.administer(`CREATE DATABASE ${this.#template}`)
    const createMs = performance.now() - started
    const administrator = await this.#lab.administrator(this.#template)
    await runTrusted(administrator, this.#exercise.extensions.map((name) => `CREATE EXTENSION ${quoteName(name)}`).join(';'))
    const began = performance.now()
    await this.#fill(this.#template)
    // On a busy machine both take longer.
    this.#quick = performance.now() - began < Math.max(quickSetupMs, createMs)
    const [[bytes] = []] = await runTrusted(administrator, 'SELECT pg_database_size(current_database())')
    this.#large = Number(bytes) > largeBytes
    await this.#lab.closeAdministrator(this.#template)
  }

  async #fill(database: string, first = ''): Promise<void> {
    await runTrusted(await this.#lab.administrator(database), `${first}; GRANT CREATE ON SCHEMA public TO ${learnerRole}`)
    const session = await this.#lab.openSession(database, 'setup')
    const { error } = await session.run(this.#exercise.setup, { maxRows: 1, parameters: { seed: this.#exercise.seed } })
    await session.close()
    if (error !== null) throw new Error(`the setup fails: ${error.message} (${error.sqlstate})`)
  }
}
