/** What of a grade comes first: a fault that stands before all goals, then the goals that are not met. */
import type { GradeCheck } from '../../../../exercises/core/grade.ts'
import { earnedPoints } from '../../../../exercises/core/grade.ts'

/** The checks with those that are not met first, else in the author's order. */
export function missedFirst(checks: readonly GradeCheck[]): GradeCheck[] {
  return checks.toSorted((one, other) => Number(one.passed) - Number(other.passed))
}

/** The fault that kept every goal from being judged: a text that does not parse, said alike of each. Null where goals differ. */
export function commonFault(checks: readonly GradeCheck[]): GradeCheck | null {
  const [first] = checks
  if (first === undefined || checks.length < 2 || first.failure !== 'syntax') return null
  return checks.every((check) => check.failure === 'syntax' && check.evidence === first.evidence) ? first : null
}

/** How a goal stands, in the same shape and word wherever it is shown. */
export function goalState(check: GradeCheck | undefined): { state: 'ok' | 'warn' | 'crit' | 'unknown'; words: string } {
  if (check === undefined || check.failure === 'not-run' || check.failure === 'syntax') return { state: 'unknown', words: 'not checked' }
  if (check.passed) return { state: 'ok', words: 'met' }
  return earnedPoints(check) > 0 ? { state: 'warn', words: 'met in part' } : { state: 'crit', words: 'not met' }
}
