/** Judges how a budget of observations was spent. */
import { idList } from '../answer.ts'
import { lines, undecided } from '../judgement.ts'
import type { Verdict } from '../judgement.ts'
import type { DecisionCheckOf } from '../schema.ts'

export function judgeObserve(check: DecisionCheckOf<'observe'>, value: unknown): Verdict {
  const taken = idList(value, check.observations.map((one) => one.id))
  if (taken === null) return undecided
  const seen = taken.flatMap((id) => check.observations.find((one) => one.id === id) ?? [])
  const spent = seen.reduce((sum, one) => sum + one.minutes, 0)
  const isWithin = spent <= check.budgetMinutes
  const met = check.needs.filter((need) => need.oneOf.some((id) => taken.includes(id)))
  const unmet = check.needs.length - met.length
  const evidence = lines(
    `${spent} of ${check.budgetMinutes} minutes spent.${isWithin ? '' : ' The budget was over before you were done.'}`,
    seen.map((one) => `${one.minutes} min, ${one.label}: ${one.because}`),
    met.map((need) => `Answered: ${need.because}`),
    unmet === 0 ? [] : [`${unmet} ${unmet === 1 ? 'question' : 'questions'} that the decision needs ${unmet === 1 ? 'has' : 'have'} no observation.`],
  )
  return { passed: isWithin && unmet === 0, share: isWithin ? met.length / check.needs.length : 0, evidence }
}
