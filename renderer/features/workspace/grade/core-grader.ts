/** Grades answers in the core, for kinds whose engine runs there. */
import type { ApiClient } from '../../../../main/api/index.ts'
import type { AnswerGrader } from './answer-grader.ts'

/** A grader of `postgres` exercises. */
export function postgresGrader(api: ApiClient, exercise: string): AnswerGrader {
  return {
    prepare: async () => undefined,
    grade: async (answer, onStep) => {
      const startedMs = performance.now()
      const stop = api.on('postgres.step', (step) => {
        if (step.exercise === exercise) onStep(step.says)
      })
      const graded = await api.call('postgres.grade', { exercise, answer })
      stop()
      return graded.ok ? { ok: true, grade: graded.value.grade, elapsedMs: performance.now() - startedMs } : { ok: false, message: graded.error.message }
    },
    close: () => undefined,
  }
}
