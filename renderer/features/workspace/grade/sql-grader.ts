/** Grading SQL in its own worker, kept open so that a second check answers at once. */
import type { Grade } from '../../../../exercises/core/grade.ts'
import { timedOutGrade } from '../../../../exercises/kinds/sql/grade.ts'
import type { BundleOf } from '../../../../main/api/index.ts'
import type { AnswerGrader, GradeOutcome } from './answer-grader.ts'
import type { Clock, WorkerPort } from '../session/port.ts'

export type GradeRequest =
  /** Builds the data sets; hidden ones too. Answered with a grade of null. */
  { id: number; type: 'prepare'; bundle: GradeBundle } | { id: number; type: 'grade'; answer: string }

/** What the grader needs of a bundle. */
export type GradeBundle = Pick<BundleOf<'sql'>, 'exercise' | 'datasetSql' | 'datasetKey'>

/** `step`: another run of the answer begins, so its clock starts anew. */
export type GradeReply = { id: number; step: true } | GradeAnswer
type GradeAnswer = { id: number; ok: true; grade: Grade | null } | { id: number; ok: false; message: string }

interface GraderOptions {
  spawn(): WorkerPort
  clock: Clock
  bundle: GradeBundle
}

/** Building the learner's and the hidden data sets may take this long on a slow machine. */
const PREPARE_LIMIT_MS = 120_000

export class SqlGrader implements AnswerGrader {
  readonly #options: GraderOptions
  #port: WorkerPort | null = null
  #pending: { id: number; settle: (reply: GradeAnswer | 'late') => void; restartClock: () => void } | null = null
  #nextId = 1
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(options: GraderOptions) {
    this.#options = options
  }

  /** Starts the worker and builds its data, so that the first check is quick. Never rejects. */
  prepare(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#ready()
    })
  }

  /** Grades an answer. One that does not end is a failing grade that says so. Never rejects. */
  grade(answer: string): Promise<GradeOutcome> {
    return this.#enqueue(async (): Promise<GradeOutcome> => {
      const problem = await this.#ready()
      if (problem !== null) return { ok: false, message: problem }
      const startedMs = this.#options.clock.now()
      const reply = await this.#ask((id) => ({ id, type: 'grade', answer }), this.#options.bundle.exercise.limits.timeMs)
      const elapsedMs = this.#options.clock.now() - startedMs
      if (reply === 'late') return { ok: true, grade: timedOutGrade(this.#options.bundle.exercise), elapsedMs }
      if (!reply.ok) {
        // A grader that failed may have lost its engine; the next check starts another.
        this.#drop(reply.message)
        return { ok: false, message: reply.message }
      }
      return reply.grade === null ? { ok: false, message: 'The grader gave no grade.' } : { ok: true, grade: reply.grade, elapsedMs }
    })
  }

  close(): void {
    this.#closed = true
    this.#drop('closed')
  }

  async #ready(): Promise<string | null> {
    if (this.#closed) return 'The exercise was closed.'
    if (this.#port !== null) return null
    const port = this.#options.spawn()
    this.#port = port
    port.listen(
      (message) => {
        const reply = message as GradeReply
        if (this.#port !== port || this.#pending?.id !== reply.id) return
        if ('step' in reply) this.#pending.restartClock()
        else this.#pending.settle(reply)
      },
      (why) => {
        if (this.#port === port) this.#drop(why)
      },
    )
    const reply = await this.#ask((id) => ({ id, type: 'prepare', bundle: this.#options.bundle }), PREPARE_LIMIT_MS)
    if (reply === 'late') return 'The data for checking took too long to build.'
    if (reply.ok) return null
    this.#drop(reply.message)
    return reply.message
  }

  #ask(request: (id: number) => GradeRequest, limitMs: number): Promise<GradeAnswer | 'late'> {
    const id = this.#nextId
    this.#nextId += 1
    return new Promise((resolve) => {
      const startClock = (): (() => void) =>
        this.#options.clock.later(limitMs, () => {
          this.#port?.end()
          this.#port = null
          this.#pending?.settle('late')
        })
      let stopClock = startClock()
      this.#pending = {
        id,
        settle: (reply) => {
          stopClock()
          this.#pending = null
          resolve(reply)
        },
        restartClock: () => {
          stopClock()
          stopClock = startClock()
        },
      }
      this.#port?.post(request(id))
    })
  }

  #drop(why: string): void {
    this.#port?.end()
    this.#port = null
    this.#pending?.settle({ id: this.#pending.id, ok: false, message: why })
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task)
    this.#queue = result.catch(() => undefined)
    return result
  }
}
