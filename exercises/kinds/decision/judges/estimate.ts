/** Judges a number with its unit. */
import { quantity } from '../answer.ts'
import { undecided } from '../judgement.ts'
import type { Verdict } from '../judgement.ts'
import type { DecisionCheckOf } from '../schema.ts'

/** Reads a number as people type it: spaces, underscores and commas between groups of three, a point for decimals. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll(/(?<=\d)[\s_,](?=\d{3}(?!\d))/g, '')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null
}

export function judgeEstimate(check: DecisionCheckOf<'estimate'>, value: unknown): Verdict {
  const { value: text, unit } = quantity(value)
  if (text.trim() === '') return undecided
  const number = readNumber(text)
  if (number === null) return { passed: false, share: 0, evidence: `"${text}" is not a number. Write it as 1200 or 1.5.` }
  const worth = Object.hasOwn(check.units, unit) ? check.units[unit] : undefined
  if (worth === undefined) return { passed: false, share: 0, evidence: `${text} of what? Choose a unit: ${Object.keys(check.units).join(', ')}.` }
  const given = number * worth
  const isWithin = (target: number): boolean => Math.abs(given - target) <= Math.abs(target) * check.tolerance + 1e-9
  if (isWithin(check.answer)) return { passed: true, share: 1, evidence: `${text} ${unit}. ${check.because}` }
  const mistake = check.mistakes.find(({ value: target }) => isWithin(target))
  const ratio = check.answer === 0 ? null : given / check.answer
  const size = ratio === null || ratio <= 0 ? '' : ratio > 1 ? ' It is too high.' : ' It is too low.'
  return { passed: false, share: 0, evidence: `${text} ${unit}.${size}${mistake === undefined ? '' : ` ${mistake.because}`}` }
}
