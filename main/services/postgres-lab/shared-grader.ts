/** Grades answers to `postgres` exercises on the process's one lab, which may be started, or started anew, for it. */
import type { Grade } from '../../../exercises/core/grade.ts'
import type { Result } from '../../../exercises/core/result.ts'
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import type { AnswerGrader } from '../grading/answer-grader.ts'
import { PostgresGrader } from './grade-postgres.ts'
import type { Lab } from './lab.ts'
import type { SharedLab } from './shared-lab.ts'

export class SharedPostgresGrader implements AnswerGrader {
  readonly #shared: SharedLab
  readonly #exercise: PostgresExercise
  #made: { lab: Lab; grader: PostgresGrader } | null = null

  constructor(shared: SharedLab, exercise: PostgresExercise) {
    this.#shared = shared
    this.#exercise = exercise
  }

  async grade(answer: string, onStep?: (step: string) => void): Promise<Result<Grade, string>> {
    onStep?.('the PostgreSQL server starts')
    const opened = await this.#shared.get()
    if (!opened.ok) return opened
    // The databases of a server that died are gone with it.
    if (this.#made?.lab !== opened.value) this.#made = { lab: opened.value, grader: new PostgresGrader(opened.value, this.#exercise) }
    const { grader } = this.#made
    return this.#shared.grading(() => {
      onStep?.('the answer runs')
      return grader.grade(answer)
    })
  }

  async close(): Promise<void> {
    const made = this.#made
    this.#made = null
    // A server that has gone took the databases along.
    await made?.grader.close().catch(() => undefined)
  }
}
