/** Grades answers to a `code` exercise in a thread of their own, and ends the thread when one does not come to an end. */
import { Worker } from 'node:worker_threads'
import type { Grade } from '../../../exercises/core/grade.ts'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { CodeReport } from '../../../exercises/kinds/code/report.ts'
import type { CodeExercise } from '../../../exercises/kinds/code/schema.ts'
import type { RunningStep } from '../../../exercises/kinds/code/stopped.ts'
import { crashedReport, graceMs, stepName, unendedReport } from '../../../exercises/kinds/code/stopped.ts'
import type { AnswerGrader } from './answer-grader.ts'
import type { CodeGradingReply } from './code-grading-worker.ts'

/** Loading the compiler may take this long on a slow machine. */
const loadLimitMs = 60_000

export class CodeGrader implements AnswerGrader {
  readonly #exercise: CodeExercise
  #worker: Worker | null = null
  #nextId = 1

  constructor(exercise: CodeExercise) {
    this.#exercise = exercise
  }

  async grade(answer: string, onStep?: (step: string) => void): Promise<Result<Grade, string>> {
    const report = await this.report(answer, onStep)
    return report.ok ? ok(report.value.grade) : report
  }

  /** The grade, with diagnostics and the timeline of each test. */
  async report(answer: string, onStep?: (step: string) => void): Promise<Result<CodeReport, string>> {
    const worker = (this.#worker ??= new Worker(new URL('./code-grading-worker.ts', import.meta.url), { workerData: this.#exercise }))
    const id = this.#nextId
    this.#nextId += 1
    const { promise, resolve } = Promise.withResolvers<Result<CodeReport, string>>()
    let running: RunningStep = null
    const crashed = (why: string): void => resolve(ok(crashedReport(this.#exercise, running, why)))
    const expire = (): void => {
      resolve(ok(unendedReport(this.#exercise, running)))
      void this.close()
    }
    let timer = setTimeout(expire, loadLimitMs)
    const onMessage = (reply: CodeGradingReply): void => {
      if (reply.id !== id) return
      if ('step' in reply) {
        clearTimeout(timer)
        timer = setTimeout(expire, this.#exercise.limits.timeMs + graceMs)
        running = reply.step
        onStep?.(stepName(reply.step))
      } else resolve(reply.ok ? ok(reply.value) : fail(`${this.#exercise.id} cannot be graded: ${reply.message}`))
    }
    const onError = (error: unknown): void => crashed(error instanceof Error ? error.message : String(error))
    const onExit = (): void => {
      if (this.#worker === worker) this.#worker = null
      crashed('its thread ended')
    }
    worker.on('message', onMessage)
    worker.once('error', onError)
    worker.once('exit', onExit)
    worker.postMessage({ id, answer })
    const result = await promise
    clearTimeout(timer)
    worker.off('message', onMessage)
    worker.off('error', onError)
    worker.off('exit', onExit)
    return result
  }

  /** Ends the thread. The next call starts another. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }
}
