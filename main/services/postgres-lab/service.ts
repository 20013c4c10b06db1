/** The PostgreSQL lab as the window calls it: availability, attempts, grading. The server starts with the first use. */
import { join } from 'node:path'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { LabAvailability, OpenSessions, StartProgress } from '../../../exercises/kinds/postgres/lab-calls.ts'
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { RunReport } from '../../../exercises/kinds/postgres/session.ts'
import type { ApiError, CallInput, CallOutput } from '../../api/contract.ts'
import type { Library } from '../library/library.ts'
import type { Attempt } from './attempts.ts'
import { Attempts } from './attempts.ts'
import { findPostgres, reasonOf } from './binaries.ts'
import type { Lab } from './lab.ts'
import { SharedPostgresGrader } from './shared-grader.ts'
import { SharedLab } from './shared-lab.ts'

export interface PostgresServiceOptions {
  dataDir: string
  library: Pick<Library, 'exercise'>
  /** Where PostgreSQL lies; found among the packages when left out. */
  native?: Result<string, string>
  onProgress(progress: StartProgress): void
  onStep(step: { exercise: string; says: string }): void
}

type Answer<Value> = Promise<Result<Value, ApiError>>
const diesAgain = 'The PostgreSQL server started and stopped again. Your answer is safe. Free some memory and disk space, and try again.'
const refused = (message: string): { ok: false; error: ApiError } => fail({ code: 'refused', message })

export class PostgresService {
  readonly #options: PostgresServiceOptions
  readonly #native: Result<string, string>
  readonly #lab: SharedLab
  readonly #attempts = new Attempts()
  /** The grader of the exercise that was graded last: its databases need not be made again. */
  #grader: { exercise: PostgresExercise; grader: SharedPostgresGrader } | null = null

  constructor(options: PostgresServiceOptions) {
    this.#options = options
    this.#native = options.native ?? findPostgres()
    this.#lab = new SharedLab({ cacheFolder: join(options.dataDir, 'postgres'), native: this.#native, onProgress: options.onProgress })
  }

  available(): LabAvailability {
    return this.#native.ok ? { ok: true } : { ok: false, why: this.#native.error }
  }

  async open(id: string, window: string): Answer<OpenSessions> {
    const exercise = this.#exerciseOf(id)
    if (!exercise.ok) return exercise
    return (await this.#tryToOpen(exercise.value, window)) ?? (await this.#tryToOpen(exercise.value, window)) ?? refused(diesAgain)
  }

  /** Null when the server died meanwhile: the next try starts another. */
  async #tryToOpen(exercise: PostgresExercise, window: string): Promise<Result<OpenSessions, ApiError> | null> {
    const lab = await this.#lab.get()
    if (!lab.ok) return refused(lab.error)
    void lab.value.ended.then(() => this.#attempts.forget(lab.value))
    try {
      return ok(await this.#attempts.open(lab.value, exercise, window))
    } catch (error) {
      if (await hasEnded(lab.value)) return null
      return refused(`The database of this exercise could not be made: ${reasonOf(error)}. Your answer is safe. Try again.`)
    }
  }

  async run({ attempt, session, sql, parameters }: CallInput<'postgres.run'>, window: string): Answer<RunReport> {
    return this.#with(attempt, window, async (found) => {
      const report = await found.run(session, sql, parameters ?? {})
      if (report === 'no-session') return fail({ code: 'not-found', message: `This exercise has no session ${session}. Reload the window.` })
      if (report === 'busy') return refused(`Session ${session} still runs a statement. Wait for its end, or stop it.`)
      return ok(report)
    })
  }

  cancel({ attempt, session }: CallInput<'postgres.cancel'>, window: string): Answer<CallOutput<'postgres.cancel'>> {
    return this.#with(attempt, window, async (found) => ok(await found.cancel(session).then(() => ({}))))
  }

  look({ attempt }: CallInput<'postgres.look'>, window: string): Answer<CallOutput<'postgres.look'>> {
    return this.#with(attempt, window, async (found) => ok(await found.look()))
  }

  tables({ attempt }: CallInput<'postgres.tables'>, window: string): Answer<CallOutput<'postgres.tables'>> {
    return this.#with(attempt, window, async (found) => ok({ tables: await found.tables() }))
  }

  reset({ attempt }: CallInput<'postgres.reset'>, window: string): Answer<OpenSessions> {
    return this.#with(attempt, window, async (found) => ok(await found.reset()))
  }

  async close({ attempt }: CallInput<'postgres.close'>, window: string): Promise<void> {
    await this.#attempts.close(this.#attempts.find(attempt, window) ?? undefined)
  }

  /** Grades an answer, on databases that no window reaches. */
  async grade({ exercise: id, answer }: CallInput<'postgres.grade'>): Answer<CallOutput<'postgres.grade'>> {
    const exercise = this.#exerciseOf(id)
    if (!exercise.ok) return exercise
    const graded = await this.#graderOf(exercise.value).grade(answer, (says) => this.#options.onStep({ exercise: id, says }))
    return graded.ok ? ok({ grade: graded.value }) : refused(graded.error)
  }

  /** Ends the attempts of a window that is gone. */
  windowGone(window: string): void {
    void this.#attempts.closeOf(window)
  }

  /** Ends the server at once, and every session with it. */
  async stop(): Promise<void> {
    await this.#lab.close()
  }

  #exerciseOf(id: string): Result<PostgresExercise, ApiError> {
    const bundle = this.#options.library.exercise(id)
    if (!bundle.ok) return bundle
    const { exercise } = bundle.value
    return exercise.kind === 'postgres' ? ok(exercise) : fail({ code: 'not-found', message: `${id} is not an exercise on PostgreSQL. Reload the window.` })
  }

  #graderOf(exercise: PostgresExercise): SharedPostgresGrader {
    if (this.#grader !== null && (this.#grader.exercise === exercise || JSON.stringify(this.#grader.exercise) === JSON.stringify(exercise))) return this.#grader.grader
    const before = this.#grader?.grader
    this.#grader = { exercise, grader: new SharedPostgresGrader(this.#lab, exercise) }
    // Not while an answer is still graded with it.
    if (before !== undefined) void this.#lab.grading(() => before.close())
    return this.#grader.grader
  }

  async #with<Value>(id: string, window: string, work: (attempt: Attempt) => Answer<Value>): Answer<Value> {
    const attempt = this.#attempts.find(id, window)
    if (attempt === null) return fail({ code: 'not-found', message: 'This database is closed: it was opened for too long ago, or by another window. What you typed is safe. Open the exercise again.' })
    try {
      return await work(attempt)
    } catch (error) {
      if (await hasEnded(attempt.lab)) return refused('The PostgreSQL server has stopped. What you typed is safe. Reset the database to start it again.')
      return refused(`PostgreSQL did not answer: ${reasonOf(error)}. What you typed is safe. Reset the database and try again.`)
    }
  }
}

/** True when the server has gone; waits until its files have gone too. */
async function hasEnded(lab: Lab): Promise<boolean> {
  if (lab.isLost) await lab.ended
  return lab.isLost
}
