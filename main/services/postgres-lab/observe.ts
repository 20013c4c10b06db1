/** Runs an answer on the lab's server, check by check, and writes down what was seen. */
import type { ScheduleStep } from '../../../exercises/kinds/postgres/answer.ts'
import type { ClientAnswer } from '../../../exercises/kinds/postgres/client.ts'
import type { Afterwards, CheckObservation, Observations } from '../../../exercises/kinds/postgres/observations.ts'
import { parsePlan } from '../../../exercises/kinds/postgres/plan.ts'
import type { PostgresCheck, PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { PostgresError, RunReport, StatementResult } from '../../../exercises/kinds/postgres/session.ts'
import type { PostgresParameters } from '../../../exercises/kinds/postgres/statements.ts'
import { splitStatements } from '../../../exercises/kinds/postgres/statements.ts'
import type { LabConnection } from './connection.ts'
import { openOrError } from './connection.ts'
import type { ExerciseDatabases } from './databases.ts'
import type { Lab } from './lab.ts'
import { observeOpenings, observeProbe, observeReplica } from './observe-probes.ts'
import { observeConcurrency, observeInterleavings, observeLocks, observeSchedule } from './observe-sessions.ts'

/** An answer as its exercise's mode reads it. */
export type ReadAnswer = { mode: 'sql'; sql: string } | { mode: 'client'; client: ClientAnswer } | { mode: 'schedule'; steps: ScheduleStep[] }

export class Observer {
  readonly lab: Lab
  readonly exercise: PostgresExercise
  readonly databases: ExerciseDatabases
  readonly answer: ReadAnswer

  constructor(lab: Lab, exercise: PostgresExercise, databases: ExerciseDatabases, answer: ReadAnswer) {
    this.lab = lab
    this.exercise = exercise
    this.databases = databases
    this.answer = answer
  }

  /** @throws Error when the exercise itself is faulty or the server is gone */
  async observe(): Promise<Observations> {
    const checks: Record<string, CheckObservation> = {}
    const single = this.exercise.checks.filter((check) => ['rows', 'plan', 'settings', 'probe', 'sessions'].includes(check.type))
    let failure: PostgresError | null = null
    if (this.answer.mode === 'sql') failure = await this.#observeSingle(this.answer.sql, single, checks)
    if (failure !== null) return { failure, checks }
    for (const check of this.exercise.checks) {
      const seen = await this.#observeOther(check)
      if (seen !== null) checks[check.id] = seen
    }
    return { failure, checks }
  }

  async #observeOther(check: PostgresCheck): Promise<CheckObservation | null> {
    const { answer } = this
    if (check.type === 'statements') return { type: 'statements' }
    if (check.type === 'locks' && answer.mode === 'sql') return observeLocks(this, check, answer.sql)
    if (check.type === 'interleavings' && answer.mode === 'client') return observeInterleavings(this, check, answer.client)
    if (check.type === 'concurrency' && answer.mode === 'client') return observeConcurrency(this, check, answer.client)
    if (check.type === 'replica' && answer.mode === 'client') return observeReplica(this, check, answer.client)
    if (check.type === 'events' && answer.mode === 'schedule') return observeSchedule(this, check, answer.steps)
    return null
  }

  /** Runs the answer once, in a database of its own, and looks at what it returned and left. */
  async #observeSingle(sql: string, wanted: readonly PostgresCheck[], checks: Record<string, CheckObservation>): Promise<PostgresError | null> {
    return this.withDatabase(async (database) => {
      const session = await this.databases.open(database, 'answer')
      try {
        const report = await this.run(session, sql, this.exercise.parameters)
        if (report.error !== null) return report.error
        if (report.transaction !== 'idle') await this.run(session, 'ROLLBACK')
        const returned = report.results.findLast((result) => result.columns.length > 0) ?? null
        for (const check of wanted) {
          if (check.type === 'rows') {
            const actual = check.query === undefined ? returned : await this.lastResult(session, check.query)
            checks[check.id] = { type: 'rows', actual, expected: await this.expected(check.expect) }
          } else if (check.type === 'plan') checks[check.id] = { type: 'plan', plan: await this.#plan(session, check.of, sql) }
          else if (check.type === 'settings') checks[check.id] = { type: 'settings', ...(await this.#setting(database, check.name)) }
          else if (check.type === 'sessions') checks[check.id] = await observeOpenings(this, database, check)
          else if (check.type === 'probe') checks[check.id] = await observeProbe(this, database, check)
        }
        return null
      } finally {
        await session.close()
      }
    })
  }

  async #plan(session: LabConnection, of: string, sql: string): Promise<Extract<CheckObservation, { type: 'plan' }>['plan']> {
    const query = of === 'answer' ? splitStatements(sql).at(-1)?.text : this.exercise.workload.find((entry) => entry.id === of)?.sql
    // Run once before, so that what was read from disk the first time is not held against anyone.
    const explained = await this.run(session, `BEGIN; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`, this.exercise.parameters)
    await this.run(session, 'ROLLBACK')
    if (explained.error !== null) return explained.error
    return parsePlan(String(explained.results.at(-1)?.rows[0]?.[0]))
  }

  async #setting(database: string, name: string): Promise<{ value: string | PostgresError; ms: number | null }> {
    const fresh = await openOrError(() => this.lab.openSession(database, 'answer'))
    if ('sqlstate' in fresh) return { value: fresh, ms: null }
    try {
      const { results, error } = await this.run(fresh, "SELECT current_setting(:name), CASE unit WHEN 'ms' THEN setting::bigint WHEN 's' THEN setting::bigint * 1000 END FROM pg_settings WHERE name = :name", { name })
      const [value, ms] = results[0]?.rows[0] ?? []
      return { value: error ?? String(value), ms: typeof ms === 'number' ? ms : null }
    } finally {
      await fresh.close()
    }
  }

  /** What a check's query returns. */
  async lastResult(session: LabConnection, sql: string): Promise<StatementResult | PostgresError> {
    const report = await this.run(session, sql)
    const last = report.results.findLast((result) => result.columns.length > 0)
    if (report.error !== null) return report.error
    if (last === undefined) throw new Error(`A check's query returns no rows: ${sql}`)
    return last
  }

  /** What a query returns on data that no answer has touched. */
  async expected(sql: string): Promise<StatementResult> {
    const known = this.databases.expected.get(sql)
    if (known !== undefined) return known
    return this.withDatabase(async (database) => {
      const session = await this.databases.open(database, 'expected')
      const result = await this.lastResult(session, sql)
      await session.close()
      if ('sqlstate' in result) throw new Error(`A check's query fails: ${result.message} (${result.sqlstate})`)
      this.databases.expected.set(sql, result)
      return result
    })
  }

  /** What is there after the clients have gone. */
  async afterwards(database: string, query: string, expected: StatementResult): Promise<Afterwards> {
    const session = await this.databases.open(database, 'after')
    const actual = await this.lastResult(session, query)
    await session.close()
    return { actual, expected }
  }

  /** Lends a fresh copy of the data. */
  async withDatabase<Value>(work: (database: string) => Promise<Value>): Promise<Value> {
    const database = await this.databases.copy()
    try {
      return await work(database)
    } finally {
      await this.databases.giveBack(database)
    }
  }

  run(session: LabConnection, sql: string, parameters: PostgresParameters = {}): Promise<RunReport> {
    return session.run(sql, { maxRows: this.exercise.limits.rows, parameters })
  }
}
