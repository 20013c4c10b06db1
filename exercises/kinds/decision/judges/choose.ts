/** Judges chosen options. Says why for those chosen, and only how many are missing. */
import { idList } from '../answer.ts'
import { lines, undecided } from '../judgement.ts'
import type { Verdict } from '../judgement.ts'
import type { DecisionCheckOf } from '../schema.ts'

const marks = { right: 'Right', fine: 'Not needed, no harm', wrong: 'Wrong' }

export function judgeChoose(check: DecisionCheckOf<'choose'>, value: unknown): Verdict {
  const chosen = idList(value, check.options.map((option) => option.id))
  if (chosen === null) return undecided
  const picked = check.options.filter((option) => chosen.includes(option.id))
  const count = (verdict: string): number => picked.filter((option) => option.verdict === verdict).length
  const wanted = check.options.filter((option) => option.verdict === 'right').length
  const missed = wanted - count('right')
  const evidence = lines(
    picked.map((option) => `${marks[option.verdict]}: ${option.label}. ${option.because}`),
    missed === 0 ? [] : [`${missed} more ${missed === 1 ? 'belongs' : 'belong'} here.`],
  )
  return { passed: missed === 0 && count('wrong') === 0, share: Math.max(0, (count('right') - count('wrong')) / wanted), evidence }
}
