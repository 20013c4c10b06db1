/** Judges a matching, pair by pair. */
import { idPairs } from '../answer.ts'
import { lines, undecided } from '../judgement.ts'
import type { Verdict } from '../judgement.ts'
import type { DecisionCheckOf } from '../schema.ts'

export function judgeMatch(check: DecisionCheckOf<'match'>, value: unknown): Verdict {
  const pairs = idPairs(value)
  const label = (id: string): string => check.to.find((one) => one.id === id)?.label ?? id
  const judged = check.from.map((one) => ({ one, chosen: pairs[one.id] }))
  if (judged.every(({ chosen }) => chosen === undefined)) return undecided
  const right = judged.filter(({ one, chosen }) => chosen !== undefined && one.accept.includes(chosen))
  const evidence = judged.map(({ one, chosen }) => {
    if (chosen === undefined) return `Not matched: ${one.label}`
    const pair = `${one.label} -> ${label(chosen)}`
    return one.accept.includes(chosen) ? `Right: ${pair}. ${one.because}` : `Wrong: ${pair}. ${one.not[chosen] ?? 'Look again at what it would show.'}`
  })
  // Guessing among n brings 1/n on average, which is worth nothing.
  const byChance = 1 / check.to.length
  const share = Math.max(0, (right.length / judged.length - byChance) / (1 - byChance))
  return { passed: right.length === judged.length, share, evidence: lines(evidence) }
}
