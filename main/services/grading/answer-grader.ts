/** What grading an answer looks like from outside, for every kind. */
import type { Grade } from '../../../exercises/core/grade.ts'
import type { Result } from '../../../exercises/core/result.ts'

export interface AnswerGrader {
  /**
   * Grades one answer. An answer that hangs or crashes is a failing grade; an error is a sentence that says why the
   * exercise itself cannot be graded. `onStep` hears in words what is being done, where it takes time.
   */
  grade(answer: string, onStep?: (step: string) => void): Promise<Result<Grade, string>>
  /** Ends whatever was started for it. */
  close(): Promise<void>
}
