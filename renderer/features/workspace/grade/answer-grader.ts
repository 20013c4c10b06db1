/** What grading looks like to the workspace, for every kind of exercise. */
import type { Grade } from '../../../../exercises/core/grade.ts'

export type GradeOutcome = { ok: true; grade: Grade; elapsedMs: number } | { ok: false; message: string }

export interface AnswerGrader {
  /** Starts what the first check would otherwise wait for. Never rejects. */
  prepare(): Promise<void>
  /**
   * Grades an answer. One that hangs or crashes is a failing grade that says so. `onStep` hears in words what is being
   * done, where it takes time. Never rejects.
   */
  grade(answer: string, onStep: (step: string) => void): Promise<GradeOutcome>
  close(): void
}

/** A grader of a kind that needs no engine of its own: the answer is judged here. */
export function gradeHere(judge: (answer: string) => Grade | Promise<Grade>): AnswerGrader {
  return {
    prepare: async () => undefined,
    grade: async (answer) => {
      const startedMs = performance.now()
      try {
        const grade = await judge(answer)
        return { ok: true, grade, elapsedMs: performance.now() - startedMs }
      } catch (error) {
        return { ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
      }
    },
    close: () => undefined,
  }
}
