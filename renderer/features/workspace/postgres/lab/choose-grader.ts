/** Grades on the server where there is one; in the built-in PostgreSQL where there is none and one session is enough. */
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { ApiClient } from '../../../../../main/api/index.ts'
import type { AnswerGrader } from '../../grade/answer-grader.ts'
import { postgresGrader } from '../../grade/core-grader.ts'

/** Chooses at each check: a server may come back. */
export function chooseGrader(api: ApiClient, exercise: PostgresExercise): AnswerGrader {
  const server = postgresGrader(api, exercise.id)
  if (exercise.tier !== 'single') return server
  let builtIn: AnswerGrader | null = null
  return {
    prepare: () => server.prepare(),
    grade: async (answer, onStep) => {
      const available = await api.call('postgres.available', {})
      if (!available.ok || available.value.ok) return server.grade(answer, onStep)
      const { pgliteGrader } = await import('./pglite-grader.ts')
      builtIn ??= pgliteGrader(exercise)
      return builtIn.grade(answer, onStep)
    },
    close: () => {
      server.close()
      builtIn?.close()
    },
  }
}
