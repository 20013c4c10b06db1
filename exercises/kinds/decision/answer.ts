/** A decision's answer: one JSON object with the answer to each question under the id of its check. */
import type { Result } from '../../core/result.ts'
import { fail, ok } from '../../core/result.ts'

/** By check id; what each holds is up to the type of the check, and is not trusted. */
export type DecisionAnswer = Readonly<Record<string, unknown>>

/** Reads an answer. Nothing written is an answer without any decision. */
export function parseDecisionAnswer(text: string): Result<DecisionAnswer, string> {
  if (text.trim() === '') return ok({})
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? ok(value) : fail('The answer must be a JSON object with one property for each question.')
  } catch (error) {
    return fail(`The answer is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The same text for the same decisions, whatever order they were taken in. */
export function writeDecisionAnswer(answer: DecisionAnswer): string {
  const sorted = Object.fromEntries(Object.entries(answer).toSorted(([left], [right]) => (left < right ? -1 : 1)))
  return `${JSON.stringify(sorted, null, 2)}\n`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list of ids, each once and known; null for anything else, also for an empty list. */
export function idList(value: unknown, known: readonly string[]): string[] | null {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size !== value.length) return null
  return value.every((one): one is string => typeof one === 'string' && known.includes(one)) ? value : null
}

/** Ids to ids; anything else is left out. */
export function idPairs(value: unknown): Record<string, string> {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** Ids to finite numbers; anything else is left out. */
export function idNumbers(value: unknown): Record<string, number> {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1])))
}

/** A number as it was typed, and its unit. */
export function quantity(value: unknown): { value: string; unit: string } {
  const field = (name: string): string => {
    const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : ''
    return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : ''
  }
  return { value: field('value'), unit: field('unit') }
}
