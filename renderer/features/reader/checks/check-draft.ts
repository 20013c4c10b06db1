/** An answer being made, before it is given. */
import { fail, ok, type Result } from '../../../../exercises/core/result.ts'
import type { Check } from '../../../../exercises/content/model.ts'
import { readNumber, shuffleItems, type CheckAnswer } from './check-logic.ts'

export type Draft =
  | { type: 'options'; chosen: readonly string[] }
  | { type: 'number'; text: string }
  | { type: 'order'; order: readonly string[] }

/** The draft to begin with: the kept answer, or nothing chosen. */
export function startDraft(check: Check, kept: CheckAnswer | null): Draft {
  switch (check.type) {
    case 'choice':
    case 'multiple':
      return { type: 'options', chosen: typeof kept === 'string' ? [kept] : Array.isArray(kept) ? kept : [] }
    case 'number':
      return { type: 'number', text: typeof kept === 'number' ? String(kept) : '' }
    case 'order':
      return {
        type: 'order',
        order: Array.isArray(kept)
          ? kept
          : shuffleItems(
              check.items.map((item) => item.id),
              check.id,
            ),
      }
  }
}

/** The answer that a draft amounts to, or what is missing. */
export function readDraft(check: Check, draft: Draft): Result<CheckAnswer, string> {
  if (draft.type === 'number') {
    if (draft.text.trim() === '') return fail('Write a number first. An estimate is fine.')
    const unit = check.type === 'number' ? check.unit : ''
    const value = readNumber(draft.text, unit)
    return value === null ? fail('This is not a number that can be read. Write digits, such as 1.66 or 10,010.') : ok(value)
  }
  if (draft.type === 'order') return ok([...draft.order])
  if (draft.chosen.length === 0) return fail(check.type === 'multiple' ? 'Choose at least one first.' : 'Choose one first.')
  if (check.type === 'multiple') return ok([...draft.chosen].sort())
  const [chosen] = draft.chosen
  return chosen === undefined ? fail('Choose one first.') : ok(chosen)
}
