/** Graders of kinds that need no engine of their own: they always end, so they run where they are asked. */
import type { Grade } from '../../../exercises/core/grade.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { AnswerGrader } from './answer-grader.ts'

export function gradeHere(judge: (answer: string) => Grade | Promise<Grade>): AnswerGrader {
  return {
    grade: async (answer) => {
      try {
        return ok(await judge(answer))
      } catch (error) {
        return fail(`The answer cannot be graded: ${error instanceof Error ? error.message : String(error)}.`)
      }
    },
    close: async () => undefined,
  }
}
