/** Grades in the built-in PostgreSQL: a new thread for each answer, so that nothing of one is left for the next. */
import type { Grade } from '../../../../../exercises/core/grade.ts'
import { failedGrade } from '../../../../../exercises/kinds/postgres/grade.ts'
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { AnswerGrader, GradeOutcome } from '../../grade/answer-grader.ts'
import type { PgliteThread } from './pglite-driver.ts'
import { startThread } from './pglite-driver.ts'

/** A million rows and several indexes take their time in WebAssembly. */
const limitMs = 180_000

export function pgliteGrader(exercise: PostgresExercise, start: () => PgliteThread = startThread, limit = limitMs): AnswerGrader {
  let running: PgliteThread | null = null
  const end = (): void => {
    running?.end()
    running = null
  }
  return {
    prepare: async () => undefined,
    grade: (answer, onStep) => {
      end()
      const startedMs = performance.now()
      const thread = start()
      running = thread
      onStep('The built-in PostgreSQL makes the tables')
      return new Promise<GradeOutcome>((resolve) => {
        const late = setTimeout(() => finish({ ok: true, grade: failedGrade(exercise, 'time', `Stopped after ${String(limit / 1000)} s: the answer did not come to an end.`), elapsedMs: limit }), limit)
        const finish = (outcome: GradeOutcome): void => {
          clearTimeout(late)
          thread.end()
          if (running === thread) running = null
          resolve(outcome)
        }
        thread.onReply((reply) => {
          if (!reply.ok) finish({ ok: false, message: `The answer cannot be graded: ${reply.message.replace(/\.$/, '')}. It is kept; try again.` })
          else if (reply.id === 1) {
            onStep('The answer runs')
            thread.send({ id: 2, type: 'grade', exercise, answer })
          } else finish({ ok: true, grade: reply.value as Grade, elapsedMs: performance.now() - startedMs })
        })
        const { setup, seed, extensions } = exercise
        thread.send({ id: 1, type: 'open', setup, seed, extensions })
      })
    },
    close: end,
  }
}
