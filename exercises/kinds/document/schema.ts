/** What an author writes for a `document` exercise: a text, judged by explicit checks. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields, exerciseFields } from '../../core/exercise-base.ts'

const because = z.string().min(1)
/** A regular expression, without regard to case. `\b` and the like as in JavaScript; in YAML, quote it with '. */
const pattern = z.string().min(1)
const common = { ...checkFields }

/** A fact that the text must state. */
const factSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** What is missing, as the learner reads it: a question such as "How many orders are affected?", not the answer. */
  asks: z.string().min(1),
  /** One sentence must match one of these. */
  any: z.array(pattern).min(1).optional(),
  /** The same sentence must match each of these too. */
  also: z.array(pattern).default([]),
  /** A number with its unit near it: `12`, `twelve` or `1,200`, and one of the units as a whole word. */
  number: z.strictObject({ value: z.number(), units: z.array(z.string()).min(1) }).optional(),
  /** A sentence that says the opposite, which undoes the fact. */
  contradictions: z.array(pattern).default([]),
  /** The fact must stand within the first so many sentences. */
  withinSentences: z.number().int().min(1).optional(),
  /** A time or a name, which needs no sentence around it. */
  brief: z.boolean().default(false),
})

/** Criteria of a document. */
export const documentCheckSchema = z.discriminatedUnion('type', [
  /** Headings (or bold lead-ins such as `**Impact:**`), in this order when `ordered`, each with at least `minWords` words. */
  z.strictObject({
    ...common,
    type: z.literal('sections'),
    ordered: z.boolean().default(false),
    sections: z.array(z.strictObject({ names: z.array(z.string()).min(1), minWords: z.number().int().min(0).default(3) })).min(1),
  }),
  /** Facts that sentences state. */
  z.strictObject({ ...common, type: z.literal('facts'), facts: z.array(factSchema).min(1) }),
  /** Words that must not be there: blame, jargon, claims without support. */
  z.strictObject({ ...common, type: z.literal('avoid'), avoid: z.array(z.strictObject({ any: z.array(pattern).min(1), unless: z.array(pattern).default([]), because })).min(1) }),
  /** Length in words, headings left out. */
  z.strictObject({ ...common, type: z.literal('length'), min: z.number().int().min(0).default(0), max: z.number().int().min(1) }),
  /** List items or table rows of a section, each with who does it and, with `dated`, until when. */
  z.strictObject({ ...common, type: z.literal('actions'), section: z.array(z.string()).min(1), min: z.number().int().min(1), dated: z.boolean().default(true), people: z.array(z.string()).default([]) }),
  /** Entries that begin with a time of day, not before the one above, with UTC said once or in each. */
  z.strictObject({ ...common, type: z.literal('timeline'), section: z.array(z.string()).min(1), min: z.number().int().min(2) }),
])
export type DocumentCheck = z.infer<typeof documentCheckSchema>
export type DocumentCheckOf<Type extends DocumentCheck['type']> = Extract<DocumentCheck, { type: Type }>
export type DocumentFact = z.infer<typeof factSchema>

export const documentExerciseSchema = z.strictObject({
  ...exerciseFields,
  kind: z.literal('document'),
  /** Who reads it, said above the editor. */
  audience: z.string().min(1),
  checks: z.array(documentCheckSchema).min(1),
  /** What no machine can judge: shown with the model answer, for the learner to judge. */
  selfReview: z.array(z.string()).min(1),
})
export type DocumentExercise = z.infer<typeof documentExerciseSchema>
