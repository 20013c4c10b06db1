/** Grades a decision: one check for each question, met in part where part of it is right. */
import type { Grade } from '../../core/grade.ts'
import { gradeByJudging } from '../../core/judgement.ts'
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
  return gradeByJudging(exercise.checks, (check) => {
    if (!parsed.ok) return { failure: 'syntax', evidence: parsed.error }
    const verdict = judge(check, Object.hasOwn(parsed.value, check.id) ? parsed.value[check.id] : undefined)
    return verdict === undecided ? { failure: 'not-run', evidence: 'You have not decided this yet.' } : verdict
  })
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
