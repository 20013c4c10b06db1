/** Grades answers to `postgres` exercises on the process's one lab, which may be started, or started anew, for it. */
import type { Grade } from '../../../exercises/core/grade.ts'
import type { Result } from '../../../exercises/core/result.ts'
import { ok } from '../../../exercises/core/result.ts'
import { failedGrade } from '../../../exercises/kinds/postgres/grade.ts'
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { AnswerGrader } from '../grading/answer-grader.ts'
import { PostgresGrader } from './grade-postgres.ts'
import type { Lab } from './lab.ts'
import { learnerLimitsSql } from './lab.ts'
import type { SharedLab } from './shared-lab.ts'

/** Each statement has a limit of its own; an answer that lifts it, or waits for itself, meets this one. */
const limitMs = 120_000

export class SharedPostgresGrader implements AnswerGrader {
  readonly #shared: SharedLab
  readonly #exercise: PostgresExercise
  #made: { lab: Lab; grader: PostgresGrader } | null = null

  constructor(shared: SharedLab, exercise: PostgresExercise) {
    this.#shared = shared
    this.#exercise = exercise
  }

  async grade(answer: string, onStep?: (step: string) => void): Promise<Result<Grade, string>> {
    onStep?.('The PostgreSQL server starts')
    const opened = await this.#shared.get()
    if (!opened.ok) return opened
    // The databases of a server that died are gone with it.
    if (this.#made?.lab !== opened.value) this.#made = { lab: opened.value, grader: new PostgresGrader(opened.value, this.#exercise) }
    const { lab, grader } = this.#made
    return this.#shared.grading(async () => {
      onStep?.('The answer runs')
      // What a window has set on the learner's role must not help an answer, nor harm it.
      await lab.administer(learnerLimitsSql).catch(() => undefined)
      return this.#gradeInTime(grader, answer)
    })
  }

  async #gradeInTime(grader: PostgresGrader, answer: string): Promise<Result<Grade, string>> {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      // Without their databases all its sessions end.
      void grader.close().catch(() => undefined)
    }, limitMs)
    const graded = await grader.grade(answer)
    clearTimeout(timer)
    return isLate ? ok(failedGrade(this.#exercise, 'time', `Stopped after ${String(limitMs / 1000)} s: the answer did not come to an end. Look for a wait that nobody ends, such as an advisory lock that is never given back.`)) : graded
  }

  async close(): Promise<void> {
    const made = this.#made
    this.#made = null
    // A server that has gone took the databases along.
    await made?.grader.close().catch(() => undefined)
  }
}
