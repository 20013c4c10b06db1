/** Judging inline questions. Pure, so that the same answer always gets the same verdict. */
import type { Check } from '../../../../exercises/content/model.ts'

/** What a learner gave: an option id, several ids, a number, or item ids in order. */
export type CheckAnswer = string | number | string[]

const sameMembers = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((entry) => right.includes(entry))

/** Whether `answer` is right. A number is right within the tolerance, give or take the error of decimal fractions. */
export function judgeCheck(check: Check, answer: CheckAnswer): boolean {
  switch (check.type) {
    case 'choice':
      return check.options.some((option) => option.id === answer && option.correct)
    case 'multiple':
      return (
        Array.isArray(answer) &&
        sameMembers(
          answer,
          check.options.filter((option) => option.correct).map((option) => option.id),
        )
      )
    case 'number':
      return (
        typeof answer === 'number' &&
        Math.abs(answer - check.answer) <= check.tolerance + Math.abs(check.answer) * 1e-9 + Number.EPSILON
      )
    case 'order':
      return Array.isArray(answer) && answer.length === check.items.length && check.items.every((item, index) => item.id === answer[index])
  }
}

/** Whether a kept answer still fits the question, which may have been edited since it was given. */
export function answerFits(check: Check, answer: CheckAnswer): boolean {
  switch (check.type) {
    case 'choice':
      return check.options.some((option) => option.id === answer)
    case 'multiple':
      return Array.isArray(answer) && answer.every((id) => check.options.some((option) => option.id === id))
    case 'number':
      return typeof answer === 'number'
    case 'order':
      return (
        Array.isArray(answer) &&
        sameMembers(
          answer,
          check.items.map((item) => item.id),
        )
      )
  }
}

/**
 * Reads a number as people type it: `1.66`, `1,66`, `10,010`, `10 010`, `1e6`, `25 %`, or with the unit asked for.
 * Returns null where the text is not one number.
 */
export function readNumber(text: string, unit: string): number | null {
  let rest = text.trim()
  for (const suffix of [unit.trim(), '%']) {
    if (suffix !== '' && rest.toLowerCase().endsWith(suffix.toLowerCase())) rest = rest.slice(0, -suffix.length).trim()
  }
  rest = rest.replace(/\u2212/g, '-').replace(/(?<=\d)[\s\u00a0\u202f_'](?=\d{3}(?!\d))/g, '')
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(rest)) rest = rest.replace(/,/g, '')
  else if (/^[-+]?\d+,\d+$/.test(rest)) rest = rest.replace(',', '.')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(rest)) return null
  const value = Number(rest)
  return Number.isFinite(value) ? value : null
}

/** FNV-1a, 32 bits: a seed from a text. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** The order in which items are first shown: fixed by `seed`, and never the right one when there are two or more. */
export function shuffleItems<T>(items: readonly T[], seed: string): T[] {
  const shuffled = [...items]
  let state = hashText(seed) || 1
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const other = (state >>> 0) % (index + 1)
    const moved = shuffled[index]
    const taken = shuffled[other]
    if (moved === undefined || taken === undefined) continue
    shuffled[index] = taken
    shuffled[other] = moved
  }
  const unchanged = shuffled.every((item, index) => item === items[index])
  return unchanged && shuffled.length > 1 ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled
}

/** `items` with the one at `from` taken out and put in at `to`; positions outside the list are clamped. */
export function moveItem<T>(items: readonly T[], from: number, to: number): T[] {
  const target = Math.max(0, Math.min(items.length - 1, to))
  const moved = items[from]
  if (moved === undefined) return [...items]
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, target), moved, ...rest.slice(target)]
}

/** How many items stand at their right place. */
export function countInPlace(check: Extract<Check, { type: 'order' }>, answer: readonly string[]): number {
  return check.items.filter((item, index) => item.id === answer[index]).length
}
