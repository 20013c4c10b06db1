/**
 * A database for each attempt, copied from one in which the setup ran once. Where the setup is quick, a database that is
 * given back is emptied and set up anew instead: that takes a tenth of the time of a copy.
 */
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { StatementResult } from '../../../exercises/kinds/postgres/session.ts'
import { quoteName } from '../../../exercises/kinds/postgres/statements.ts'
import type { LabConnection } from './connection.ts'
import type { Lab } from './lab.ts'
import { learnerLimitsSql, learnerRole } from './lab.ts'
import { runTrusted } from './run-trusted.ts'

let created = 0
const quickSetupMs = 150
const largeBytes = 32_000_000

/** The databases of one exercise. */
export class ExerciseDatabases {
  readonly #lab: Lab
  readonly #exercise: PostgresExercise
  readonly #template: string
  readonly #copies = new Set<string>()
  readonly #spare: string[] = []
  /** What the queries of checks return on untouched data, by their text. */
  readonly expected = new Map<string, StatementResult>()
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

  /** A database as the setup left it. Returns its name. */
  async copy(): Promise<string> {
    await this.prepare()
    const spare = this.#spare.pop()
    if (spare !== undefined) return spare
    created += 1
    const name = `attempt_${created}`
    // Copying files beats writing every page to the log once the data are large.
    await this.#lab.administer(`CREATE DATABASE ${name} TEMPLATE ${this.#template} STRATEGY ${this.#large ? 'FILE_COPY' : 'WAL_LOG'}`)
    this.#copies.add(name)
    return name
  }

  /** Takes a database back; whoever is still in it is thrown out. */
  async giveBack(name: string): Promise<void> {
    await this.#lab.administer(learnerLimitsSql)
    if (this.#quick) {
      await this.#lab.closeAdministrator(name)
      await this.#fill(name, `DROP OWNED BY ${learnerRole} CASCADE`)
      this.#spare.push(name)
      return
    }
    this.#copies.delete(name)
    await this.#lab.dropDatabase(name)
  }

  /** A learner's session with the exercise's limit of time. `name` is shown in pg_stat_activity. */
  async open(database: string, name: string): Promise<LabConnection> {
    const session = await this.#lab.openSession(database, name)
    await session.run(`SET statement_timeout = ${this.#exercise.limits.statementMs}`, { maxRows: 1 })
    return session
  }

  async close(): Promise<void> {
    for (const name of [...this.#copies, this.#template]) await this.#lab.dropDatabase(name)
    this.#copies.clear()
    this.#spare.length = 0
    this.#ready = null
  }

  async #build(): Promise<void> {
    await this.#lab.administer(`CREATE DATABASE ${this.#template}`)
    const administrator = await this.#lab.administrator(this.#template)
    await runTrusted(administrator, this.#exercise.extensions.map((name) => `CREATE EXTENSION ${quoteName(name)}`).join(';'))
    const began = performance.now()
    await this.#fill(this.#template)
    this.#quick = performance.now() - began < quickSetupMs
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
