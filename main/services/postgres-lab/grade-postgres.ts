/** Grades answers to `postgres` exercises on the lab's server. */
import type { Grade } from '../../../exercises/core/grade.ts'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { AnswerFault } from '../../../exercises/kinds/postgres/answer.ts'
import { readSchedule } from '../../../exercises/kinds/postgres/answer.ts'
import { readClient } from '../../../exercises/kinds/postgres/client.ts'
import { failedGrade, gradePostgres, unreadableGrade } from '../../../exercises/kinds/postgres/grade.ts'
import type { PostgresExercise } from '../../../exercises/kinds/postgres/schema.ts'
import { splitStatements } from '../../../exercises/kinds/postgres/statements.ts'
import { reasonOf } from './binaries.ts'
import { ExerciseDatabases } from './databases.ts'
import type { Lab } from './lab.ts'
import type { ReadAnswer } from './observe.ts'
import { Observer } from './observe.ts'

/** Grades the answers of one exercise; the setup runs once. Close it to drop the databases. */
export class PostgresGrader {
  readonly #lab: Lab
  readonly #exercise: PostgresExercise
  readonly #databases: ExerciseDatabases

  constructor(lab: Lab, exercise: PostgresExercise) {
    this.#lab = lab
    this.#exercise = exercise
    this.#databases = new ExerciseDatabases(lab, exercise)
  }

  /** A grade, or why the exercise cannot be graded: its own statements fail, or the server is gone. */
  async grade(answer: string): Promise<Result<Grade, string>> {
    const { read, fault, empty } = readAnswer(this.#exercise, answer)
    if (fault !== undefined) return ok(unreadableGrade(this.#exercise, fault))
    if (empty) return ok(failedGrade(this.#exercise, 'not-run', 'The answer holds no statement. Write one and check again.'))
    try {
      await this.#databases.prepare()
      return ok(gradePostgres(this.#exercise, answer, await new Observer(this.#lab, this.#exercise, this.#databases, read).observe()))
    } catch (error) {
      return fail(`${this.#exercise.id} cannot be graded: ${reasonOf(error)}. Your answer is kept; try again.`)
    }
  }

  close(): Promise<void> {
    return this.#databases.close()
  }
}

function readAnswer(exercise: PostgresExercise, answer: string): { read: ReadAnswer; fault: AnswerFault | undefined; empty: boolean } {
  if (exercise.mode === 'client') {
    const { answer: client, faults } = readClient(answer)
    return { read: { mode: 'client', client }, fault: faults[0], empty: splitStatements(client.sql).length === 0 }
  }
  if (exercise.mode === 'schedule') {
    const { steps, faults } = readSchedule(answer, exercise.sessions.map((session) => session.name))
    return { read: { mode: 'schedule', steps }, fault: faults[0], empty: !steps.some((step) => splitStatements(step.sql).length > 0) }
  }
  return { read: { mode: 'sql', sql: answer }, fault: undefined, empty: splitStatements(answer).length === 0 }
}
