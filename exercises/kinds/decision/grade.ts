/** Grades a decision: one check for each question, met in part where part of it is right. */
import type { Grade, GradeCheck } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import { parseDecisionAnswer } from './answer.ts'
import { judgeChoose } from './judges/choose.ts'
import { judgeEstimate } from './judges/estimate.ts'
import { judgeHypotheses } from './judges/hypotheses.ts'
import { judgeMatch } from './judges/match.ts'
import { judgeObserve } from './judges/observe.ts'
import { judgeOrder } from './judges/order.ts'
import { undecided } from './judgement.ts'
import type { Verdict } from './judgement.ts'
import type { DecisionCheck, DecisionExercise } from './schema.ts'

export function gradeDecision(exercise: DecisionExercise, answer: string): Grade {
  const parsed = parseDecisionAnswer(answer)
  return gradeFromChecks(
    exercise.checks.map((check): GradeCheck => {
      const { id, label, points, hint } = check
      const common = { id, label, points, ...(hint === undefined ? {} : { hint }) }
      if (!parsed.ok) return { ...common, passed: false, evidence: parsed.error, failure: 'syntax' }
      const verdict = judge(check, Object.hasOwn(parsed.value, id) ? parsed.value[id] : undefined)
      if (verdict === undecided) return { ...common, passed: false, evidence: 'You have not decided this yet.', failure: 'not-run' }
      if (verdict.passed) return { ...common, passed: true, evidence: verdict.evidence }
      const earned = Math.round(points * verdict.share * 100) / 100
      return { ...common, passed: false, evidence: verdict.evidence, failure: 'wrong', ...(earned > 0 ? { earned } : {}) }
    }),
  )
}

function judge(check: DecisionCheck, value: unknown): Verdict {
  switch (check.type) {
    case 'order':
      return judgeOrder(check, value)
    case 'choose':
      return judgeChoose(check, value)
    case 'match':
      return judgeMatch(check, value)
    case 'hypotheses':
      return judgeHypotheses(check, value)
    case 'observe':
      return judgeObserve(check, value)
    case 'estimate':
      return judgeEstimate(check, value)
  }
}
