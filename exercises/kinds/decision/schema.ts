/** What an author writes for a `decision` exercise: judgements without code. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields, exerciseFields } from '../../core/exercise-base.ts'

const id = z.string().regex(/^[a-z0-9-]+$/)
const label = z.string().min(1)
const because = z.string().min(1)
const common = {
  ...checkFields,
  /** The question, above the answer. `code` in backticks is the only markup. */
  task: z.string().optional(),
}

/** One question of a decision. The learner's answer to it is kept under the check's id. */
export const decisionCheckSchema = z.discriminatedUnion('type', [
  /**
   * Steps to put into an order. Right is every order that keeps all `before`; nothing else is demanded. Items stand in the
   * file as they are shown at first, so in an order that is not right.
   */
  z.strictObject({
    ...common,
    type: z.literal('order'),
    items: z
      .array(
        z.strictObject({
          id,
          label,
          /** A step that must be left out, and why. */
          leaveOut: z.string().optional(),
        }),
      )
      .min(3),
    before: z.array(z.strictObject({ first: id, then: id, because })).min(1),
  }),
  /** Options to choose. `fine` may be chosen or not. `because` is shown for those chosen. */
  z.strictObject({
    ...common,
    type: z.literal('choose'),
    options: z.array(z.strictObject({ id, label, verdict: z.enum(['right', 'fine', 'wrong']), because })).min(3),
  }),
  /** One choice of `to` for each of `from`. `not` answers a tempting wrong match. */
  z.strictObject({
    ...common,
    type: z.literal('match'),
    from: z.array(z.strictObject({ id, label, accept: z.array(id).min(1), because, not: z.record(z.string(), z.string()).default({}) })).min(2),
    to: z.array(z.strictObject({ id, label })).min(2),
  }),
  /**
   * A probability in per cent for each cause, 100 in all. Scored by Brier's rule, which is best answered honestly: the sum
   * of the squared distances from what is true, 0 to 2.
   */
  z.strictObject({
    ...common,
    type: z.literal('hypotheses'),
    causes: z.array(z.strictObject({ id, label, because })).min(2),
    truth: id,
    /** The check is met up to this Brier score. 0.2 is about 68% on the truth among three. */
    mostBrier: z.number().min(0).max(2),
  }),
  /** Observations that cost minutes of a budget and reveal what was seen. Right is to see one of each need within it. */
  z.strictObject({
    ...common,
    type: z.literal('observe'),
    budgetMinutes: z.number().min(1),
    observations: z
      .array(
        z.strictObject({
          id,
          label,
          minutes: z.number().min(0),
          /** What it shows, as plain text in a fixed font. */
          reveals: z.string(),
          /** What an expert learns from it, shown with the grade. */
          because,
        }),
      )
      .min(3),
    needs: z.array(z.strictObject({ oneOf: z.array(id).min(1), because })).min(1),
  }),
  /** A number with its unit. Right when it is within `tolerance` (a share of the answer, such as 0.1) in any unit. */
  z.strictObject({
    ...common,
    type: z.literal('estimate'),
    answer: z.number(),
    tolerance: z.number().min(0),
    /** Names of units and what one of them is worth in the unit of `answer`, which is worth 1. */
    units: z.record(z.string(), z.number().positive()),
    /** How the answer is reached, shown when it is met. */
    because,
    /** Results of common mistakes, in the unit of `answer`, and what went wrong. */
    mistakes: z.array(z.strictObject({ value: z.number(), because })).default([]),
  }),
])
export type DecisionCheck = z.infer<typeof decisionCheckSchema>
export type DecisionCheckOf<Type extends DecisionCheck['type']> = Extract<DecisionCheck, { type: Type }>

export const decisionExerciseSchema = z.strictObject({
  ...exerciseFields,
  kind: z.literal('decision'),
  /** A decision starts undecided, unless an exercise says otherwise. */
  starter: z.string().default('{}'),
  checks: z.array(decisionCheckSchema).min(1),
})
export type DecisionExercise = z.infer<typeof decisionExerciseSchema>
