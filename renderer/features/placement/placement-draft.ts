/** A placement test under way: what is answered and where it stands. Kept with the learner's drafts, so that it can be left at any question. */
import { z } from 'zod'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import { answerFits, type CheckAnswer } from '../reader/checks/check-logic.ts'
import { readDraft, type Draft } from '../reader/checks/check-draft.ts'

/** What is given to a question so far: an answer being made, or "I do not know". */
export type Given = Draft | 'unknown'

export interface PlacementDraft {
  /** Position of the question on screen. */
  at: number
  /** By `keyOf` of the question. */
  given: Readonly<Record<string, Given>>
}

export const newPlacement: PlacementDraft = { at: 0, given: {} }

const draftSchema = z.object({
  at: z.number().int().min(0),
  given: z.record(
    z.string(),
    z.union([
      z.literal('unknown'),
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('options'), chosen: z.array(z.string()) }),
        z.object({ type: z.literal('number'), text: z.string() }),
        z.object({ type: z.literal('order'), order: z.array(z.string()) }),
      ]),
    ]),
  ),
})

/** Names a question among all chapters' checks. */
export function keyOf({ chapter, check }: PlacementQuestion): string {
  return `${chapter}#${check.id}`
}

/** The test that was left; null where none is under way. */
export function readPlacement(text: string | null): PlacementDraft | null {
  if (text === null || text === '') return null
  try {
    const read = draftSchema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** What is given to a question, unless the question was edited into another form since. */
export function givenTo(draft: PlacementDraft, question: PlacementQuestion): Given | null {
  const key = keyOf(question)
  const given = Object.hasOwn(draft.given, key) ? draft.given[key] : undefined
  if (given === undefined || given === 'unknown') return given ?? null
  const { check } = question
  switch (given.type) {
    case 'options':
      return 'options' in check && given.chosen.every((id) => check.options.some((option) => option.id === id)) ? given : null
    case 'number':
      return check.type === 'number' ? given : null
    case 'order':
      return answerFits(check, [...given.order]) && check.type === 'order' ? given : null
  }
}

/** The answer to a question: null for "I do not know", undefined where it is still open. */
export function answerTo(draft: PlacementDraft, question: PlacementQuestion): CheckAnswer | null | undefined {
  const given = givenTo(draft, question)
  if (given === null) return undefined
  if (given === 'unknown') return null
  const read = readDraft(question.check, given)
  return read.ok ? read.value : undefined
}

/** How many questions have an answer or an "I do not know". */
export function countAnswered(draft: PlacementDraft, questions: readonly PlacementQuestion[]): number {
  return questions.filter((question) => answerTo(draft, question) !== undefined).length
}

/** The test with something given to a question. */
export function withGiven(draft: PlacementDraft, question: PlacementQuestion, given: Given): PlacementDraft {
  return { ...draft, given: { ...draft.given, [keyOf(question)]: given } }
}
