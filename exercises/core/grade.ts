import { z } from 'zod'

/** One criterion of a grade, with what the grader saw. */
export const gradeCheckSchema = z.object({
  id: z.string(),
  /** The criterion as the learner reads it, such as "Page 1,000 reads 10 rows, not 10,010". */
  label: z.string(),
  passed: z.boolean(),
  /** Weight of the criterion; the score is the sum of points of passed checks over the sum of all. */
  points: z.number().min(0),
  /** Points earned where the criterion is met in part; absent, it is all or nothing. */
  earned: z.number().min(0).optional(),
  /** What the grader saw: rows, a plan line, an error. Never just "wrong". */
  evidence: z.string(),
  /** Next step towards passing, without the answer. */
  hint: z.string().optional(),
  /** Class of a failure, so that "wrong" and "ran out of time" are never confused. */
  failure: z.enum(['wrong', 'syntax', 'time', 'memory', 'rows', 'crash', 'not-run']).optional(),
  /** 1-based line of the learner's answer that the evidence is about. */
  line: z.number().int().min(1).optional(),
})
export type GradeCheck = z.infer<typeof gradeCheckSchema>

/** The judgement of one answer. Same exercise, answer and seed give the same grade, byte for byte. */
export const gradeSchema = z.object({
  /** 0..1 before any deduction for hints. */
  score: z.number().min(0).max(1),
  /** True only when every check that is required passed. */
  passed: z.boolean(),
  checks: z.array(gradeCheckSchema),
})
export type Grade = z.infer<typeof gradeSchema>

/** Points that a check brings: all of them when it passed, else its part. */
export function earnedPoints(check: GradeCheck): number {
  return check.passed ? check.points : Math.min(check.earned ?? 0, check.points)
}

/** Folds checks into a grade: score by points, passed when all passed. An empty list is a failing grade. */
export function gradeFromChecks(checks: readonly GradeCheck[]): Grade {
  const total = checks.reduce((sum, check) => sum + check.points, 0)
  const earned = checks.reduce((sum, check) => sum + earnedPoints(check), 0)
  return {
    score: total > 0 ? earned / total : 0,
    passed: checks.length > 0 && checks.every((check) => check.passed),
    checks: [...checks],
  }
}
