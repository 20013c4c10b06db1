/** Judges confidence by Brier's rule: who states what they believe does best. */
import { idNumbers } from '../answer.ts'
import { lines, undecided } from '../judgement.ts'
import type { Verdict } from '../judgement.ts'
import type { DecisionCheckOf } from '../schema.ts'

/** Sum of squared distances between the stated probabilities (0..1) and what is true: 0 is certain and right, 2 certain and wrong. */
export function brierScore(probabilities: readonly number[], truthIndex: number): number {
  return probabilities.reduce((sum, probability, index) => sum + (probability - (index === truthIndex ? 1 : 0)) ** 2, 0)
}

export function judgeHypotheses(check: DecisionCheckOf<'hypotheses'>, value: unknown): Verdict {
  const stated = idNumbers(value)
  const percents = check.causes.map((cause) => stated[cause.id] ?? 0)
  if (percents.every((percent) => percent === 0)) return undecided
  const total = percents.reduce((sum, percent) => sum + percent, 0)
  if (percents.some((percent) => percent < 0) || Math.abs(total - 100) > 0.5) {
    return { passed: false, share: 0, evidence: `Your numbers sum to ${round(total)}%. They must sum to 100%, and none may be below 0.` }
  }
  const truth = check.causes.findIndex((cause) => cause.id === check.truth)
  const score = brierScore(percents.map((percent) => percent / 100), truth)
  const terms = check.causes.map((cause, index) => `${cause.label}: ${percents[index] ?? 0}%`)
  const sum = `Brier score ${round(score)}, where 0 is certain and right, 2 certain and wrong. Met up to ${check.mostBrier}.`
  if (score <= check.mostBrier) return { passed: true, share: 1, evidence: lines(terms, sum, check.causes.map((cause) => `${cause.label}: ${cause.because}`)) }
  // The cause that the learner trusted most beside the truth: that is the belief to talk about.
  const rivals = check.causes.map((cause, index) => ({ cause, percent: percents[index] ?? 0 })).filter(({ cause }) => cause.id !== check.truth)
  const trusted = rivals.toSorted((left, right) => right.percent - left.percent)[0]
  return { passed: false, share: Math.max(0, 1 - score / 2) ** 2, evidence: lines(terms, sum, trusted === undefined ? [] : [`You gave ${trusted.percent}% to "${trusted.cause.label}". ${trusted.cause.because}`]) }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
