/** What an author writes for a `document` exercise: a text, judged by explicit checks. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields, exerciseFields } from '../../core/exercise-base.ts'
import { phraseListNames } from './phrases.ts'

const because = z.string().min(1)
/** A regular expression, without regard to case. `\b` and the like as in JavaScript; in YAML, quote it with '. */
const pattern = z.string().min(1)
const names = z.array(z.string().min(1)).min(1)
const time = z.string().regex(/^\d\d:\d\d$/, 'A time such as 14:05')
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
  /** Only this section counts, for contradictions too. */
  section: names.optional(),
  /** The fact must stand within the first so many sentences. */
  withinSentences: z.number().int().min(1).optional(),
  /** A time or a name, which needs no sentence around it; it may be spread over an item or a section's paragraphs. */
  brief: z.boolean().default(false),
})

/** What an action item is for. */
export const actionTypes = ['preventive', 'detective', 'mitigating', 'corrective', 'process'] as const

/** A part that every card must have. */
const cardPartSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** What is missing, as a question. */
  asks: z.string().min(1),
  any: z.array(pattern).min(1),
})

/** Criteria of a document. */
export const documentCheckSchema = z.discriminatedUnion('type', [
  /** Headings (or bold lead-ins such as `**Impact:**`), in this order when `ordered`, each with at least `minWords` words. */
  z.strictObject({
    ...common,
    type: z.literal('sections'),
    ordered: z.boolean().default(false),
    sections: z.array(z.strictObject({ names, minWords: z.number().int().min(0).default(3) })).min(1),
  }),
  /** Facts that sentences state. */
  z.strictObject({ ...common, type: z.literal('facts'), facts: z.array(factSchema).min(1) }),
  /** Words that must not be there: shared `lists` of blame, guesses and jargon, and what this exercise adds. */
  z.strictObject({
    ...common,
    type: z.literal('avoid'),
    lists: z.array(z.enum(phraseListNames)).default([]),
    /** Names that the text may know, so that blame of them is seen. */
    people: z.array(z.string()).default([]),
    /** Words of the lists that are fine here. */
    allow: z.array(pattern).default([]),
    avoid: z.array(z.strictObject({ any: z.array(pattern).min(1), unless: z.array(pattern).default([]), because })).default([]),
  }),
  /** Length in words, headings left out. */
  z.strictObject({ ...common, type: z.literal('length'), min: z.number().int().min(0).default(0), max: z.number().int().min(1) }),
  /** List items or table rows of a section, each with who does it, with `dated` until when, and with `typed` what it is for. */
  z.strictObject({
    ...common,
    type: z.literal('actions'),
    section: names,
    min: z.number().int().min(1),
    dated: z.boolean().default(true),
    /** A date (YYYY-MM-DD) that due dates must come after. */
    after: z.iso.date().optional(),
    typed: z.boolean().default(false),
    /** At least one action of each of these. */
    types: z.array(z.enum(actionTypes)).default([]),
    people: z.array(z.string()).default([]),
  }),
  /** Entries that begin with a time of day, not before the one above, with UTC said once or in each. */
  z.strictObject({ ...common, type: z.literal('timeline'), section: names, min: z.number().int().min(2) }),
  /** Figures of the scenario: each time and each amount that the text gives must be one that the scenario has. */
  z.strictObject({
    ...common,
    type: z.literal('figures'),
    /** Times of the scenario. `plannedAfter`: later ones are plans and free. */
    times: z.strictObject({ known: z.array(time).min(1), plannedAfter: time.optional() }).optional(),
    /** A number before one of the units must be one of the values. */
    amounts: z.array(z.strictObject({ units: names, values: z.array(z.number()).min(1) })).default([]),
    /** So many of the scenario's figures must be there. */
    min: z.number().int().min(1),
  }),
  /** A time at which the reader hears again, later than the text's own. */
  z.strictObject({ ...common, type: z.literal('next-update'), section: z.array(z.string()).default(['Next update']), now: time, withinMinutes: z.number().int().min(1) }),
  /** What is gained and what is paid, each tied to what matters here. */
  z.strictObject({
    ...common,
    type: z.literal('tradeoffs'),
    min: z.number().int().min(1),
    /** What an entry must be about to count. */
    drivers: z.array(z.strictObject({ id: z.string(), any: z.array(pattern).min(1) })).min(1),
    /** So many different drivers on each side. */
    minDrivers: z.number().int().min(1).default(1),
  }),
  /** Cards of the same form, such as hypotheses or threats: each must have all parts. */
  z.strictObject({
    ...common,
    type: z.literal('cards'),
    /** What one is called in messages, such as "hypothesis". */
    what: z.string().min(1),
    /** Headings of cards: "Hypothesis" finds "Hypothesis 1: the pool". With `each`, one card for every name. */
    names,
    each: z.boolean().default(false),
    /** Without such headings, the items or rows of this section are the cards. */
    section: names.optional(),
    min: z.number().int().min(1),
    parts: z.array(cardPartSchema).min(1),
    /** What a card may be about; `minTopics` cards must be about different ones. */
    topics: z.array(z.strictObject({ id: z.string(), any: z.array(pattern).min(1) })).default([]),
    minTopics: z.number().int().min(0).default(0),
  }),
  /** Blocks of a meeting: each entry of the section has minutes and who speaks, and they sum to what the meeting has. */
  z.strictObject({ ...common, type: z.literal('durations'), section: names, min: z.number().int().min(1), total: z.strictObject({ min: z.number().int().min(1), max: z.number().int().min(1) }), people: z.array(z.string()).default([]) }),
  /** Alert rules in YAML code blocks: the expressions parse as PromQL, and fire on these data and not on those. */
  z.strictObject({
    ...common,
    type: z.literal('alerts'),
    alerts: z
      .array(
        z.strictObject({
          names,
          severity: z.string().optional(),
          forMinutes: z.strictObject({ min: z.number(), max: z.number() }).optional(),
          annotations: z.array(z.strictObject({ asks: z.string().min(1), any: z.array(pattern).min(1) })).default([]),
          /** Series as `name{label="value"} 0+10x60`, a sample a minute; the rule is evaluated at the last one. */
          cases: z.array(z.strictObject({ name: z.string().min(1), series: z.array(z.string().min(1)).min(1), fires: z.boolean() })).default([]),
        }),
      )
      .min(1),
  }),
])
export type DocumentCheck = z.infer<typeof documentCheckSchema>
export type DocumentCheckOf<Type extends DocumentCheck['type']> = Extract<DocumentCheck, { type: Type }>
export type DocumentFact = z.infer<typeof factSchema>
export type ActionType = (typeof actionTypes)[number]

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
