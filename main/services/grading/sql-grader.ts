/** Grades answers in a thread of their own, and ends the thread when one does not come to an end. */
import { Worker } from 'node:worker_threads'
import type { Grade } from '../../../exercises/core/grade.ts'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { StatementResult } from '../../../exercises/kinds/sql/engine.ts'
import { failedGrade, timedOutGrade } from '../../../exercises/kinds/sql/grade.ts'
import type { GradingAnswers, GradingReply, GradingRequest, GradingTask } from './protocol.ts'

/** Building the learner's and the hidden data sets may take this long on a slow machine. */
const prepareLimitMs = 120_000

type Failure = { kind: 'time' } | { kind: 'crash'; message: string } | { kind: 'refused'; message: string }
type Question = Pick<GradingRequest, 'type'> & ({ type: 'prepare' } | { type: 'grade'; answer: string } | { type: 'rows'; sql: string })

export class SqlGrader {
  readonly #task: GradingTask
  #worker: Worker | null = null
  #nextId = 1

  constructor(task: GradingTask) {
    this.#task = task
  }

  /** Grades an answer. One that takes too long or takes the engine down is a failing grade that says so. */
  async grade(answer: string): Promise<Result<Grade, string>> {
    const { exercise } = this.#task
    const replied = await this.#askPrepared<'grade'>({ type: 'grade', answer })
    if (replied.ok) return replied
    switch (replied.error.kind) {
      case 'time':
        return ok(timedOutGrade(exercise))
      case 'crash':
        return ok(failedGrade(exercise, 'crash', `The database engine stopped while the answer ran: ${replied.error.message}.`))
      case 'refused':
        return fail(`${exercise.id} cannot be graded: ${replied.error.message}`)
    }
  }

  /** What statements return on the learner's data; null when they return no rows. */
  async rows(sql: string): Promise<Result<StatementResult | null, string>> {
    const replied = await this.#askPrepared<'rows'>({ type: 'rows', sql })
    if (replied.ok) return replied
    return fail(replied.error.kind === 'time' ? 'It ran out of time.' : replied.error.message)
  }

  /** Ends the thread. The next call starts another. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  async #askPrepared<Type extends keyof GradingAnswers>(question: Question & { type: Type }): Promise<Result<GradingAnswers[Type], Failure>> {
    if (this.#worker === null) {
      const prepared = await this.#ask<'prepare'>({ type: 'prepare' }, prepareLimitMs)
      if (!prepared.ok) {
        const { error } = prepared
        const message = error.kind === 'time' ? `its data took more than ${prepareLimitMs / 1000} s to build.` : error.message
        return fail({ kind: 'refused', message })
      }
    }
    return this.#ask<Type>(question, this.#task.exercise.limits.timeMs)
  }

  async #ask<Type extends keyof GradingAnswers>(question: Question & { type: Type }, limitMs: number): Promise<Result<GradingAnswers[Type], Failure>> {
    const worker = (this.#worker ??= new Worker(new URL('./grading-worker.ts', import.meta.url), { workerData: this.#task }))
    const id = this.#nextId
    this.#nextId += 1
    const { promise, resolve } = Promise.withResolvers<Result<GradingAnswers[Type], Failure>>()
    let timer = setTimeout(() => resolve(fail({ kind: 'time' })), limitMs)
    const onMessage = (reply: GradingReply): void => {
      if (reply.id !== id) return
      if ('step' in reply) {
        clearTimeout(timer)
        timer = setTimeout(() => resolve(fail({ kind: 'time' })), limitMs)
      } else if (reply.ok) resolve(ok(reply.value as GradingAnswers[Type]))
      else resolve(fail({ kind: 'refused', message: reply.message }))
    }
    const onError = (error: unknown): void => resolve(fail({ kind: 'crash', message: error instanceof Error ? error.message : String(error) }))
    const onExit = (): void => resolve(fail({ kind: 'crash', message: 'its thread ended' }))
    worker.on('message', onMessage)
    worker.once('error', onError)
    worker.once('exit', onExit)
    worker.postMessage({ id, ...question })
    const result = await promise
    clearTimeout(timer)
    worker.off('message', onMessage)
    worker.off('error', onError)
    worker.off('exit', onExit)
    // A thread that is stuck or broken is of no further use.
    if (!result.ok) await this.close()
    return result
  }
}
