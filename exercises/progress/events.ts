/** Learning events: immutable facts about one learner. Progress is a projection of them. */
import { z } from 'zod'
import { gradeSchema } from '../core/grade.ts'

const answerSchema = z.union([z.string(), z.number(), z.array(z.string())])

/** What may happen. New kinds are added, never changed: old logs must stay readable. */
export const learningFactSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('chapter.opened'), chapter: z.string() }),
  z.object({ type: z.literal('section.read'), chapter: z.string(), section: z.string() }),
  /** Where the reader is, to the paragraph; sent when it settles, not at every scroll. */
  z.object({ type: z.literal('position.kept'), chapter: z.string(), section: z.string(), block: z.string() }),
  z.object({
    type: z.literal('check.answered'),
    chapter: z.string(),
    check: z.string(),
    answer: answerSchema,
    correct: z.boolean(),
    /** 1 for the first answer. */
    attempt: z.number().int().min(1),
    skills: z.array(z.string()),
  }),
  z.object({
    type: z.literal('walkthrough.stepped'),
    chapter: z.string(),
    walkthrough: z.string(),
    stage: z.string(),
    observed: z.array(z.string()),
    /** Options chosen in order; the last one is right when `decided`. */
    choices: z.array(z.string()),
    decided: z.boolean(),
    minutesSpent: z.number(),
  }),
  z.object({ type: z.literal('walkthrough.finished'), chapter: z.string(), walkthrough: z.string(), minutesSpent: z.number() }),
  z.object({ type: z.literal('walkthrough.restarted'), chapter: z.string(), walkthrough: z.string() }),
  z.object({ type: z.literal('exercise.opened'), exercise: z.string(), version: z.number().int() }),
  z.object({ type: z.literal('exercise.hinted'), exercise: z.string(), hint: z.number().int().min(0), cost: z.number() }),
  z.object({ type: z.literal('exercise.solutionShown'), exercise: z.string() }),
  z.object({
    type: z.literal('exercise.graded'),
    exercise: z.string(),
    version: z.number().int(),
    answer: z.string(),
    grade: gradeSchema,
    /** Score after hint costs; what counts as best. */
    finalScore: z.number().min(0).max(1),
    skills: z.array(z.string()),
  }),
  z.object({ type: z.literal('shift.started'), incident: z.string(), shift: z.string(), seed: z.number().int(), level: z.string() }),
  z.object({
    type: z.literal('shift.ended'),
    incident: z.string(),
    shift: z.string(),
    seed: z.number().int(),
    level: z.string(),
    /** Whether the objective was met again before the end; for a false alarm, whether nothing was broken. */
    restored: z.boolean(),
    /** 0..1: how it was worked, and what came of it. */
    process: z.number().min(0).max(1),
    outcome: z.number().min(0).max(1),
    skills: z.array(z.string()),
  }),
  /** The postmortem of a shift was checked. */
  z.object({ type: z.literal('shift.postmortem'), incident: z.string(), shift: z.string(), score: z.number().min(0).max(1), passed: z.boolean() }),
  /** Hides earlier facts of a scope (`all`, `chapter:ch07`, `exercise:id`, `incident:id`); they stay in the log. */
  z.object({
    type: z.literal('progress.reset'),
    scope: z.string(),
    /** Other scopes of the same reset, such as a chapter's exercises: one undo brings all of them back. */
    also: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal('progress.resetUndone'), reset: z.string() }),
  /** A passage marked in a chapter, with or without words of one's own; told again when it changes. */
  z.object({
    type: z.literal('note.kept'),
    note: z.string().min(1).max(64),
    chapter: z.string(),
    section: z.string(),
    /** A block with an id, and how many blocks after it the passage stands. */
    block: z.string(),
    after: z.number().int().min(0),
    /** The passage, and how often the same words come before it in its block. */
    quote: z.string().min(1).max(2_000),
    nth: z.number().int().min(0),
    text: z.string().max(10_000),
  }),
  z.object({ type: z.literal('note.removed'), note: z.string() }),
  /** A chapter's questions of the placement test were answered, all at once; says nothing of its checks in the text. */
  z.object({
    type: z.literal('chapter.placed'),
    chapter: z.string(),
    /** Every answer was right. */
    passed: z.boolean(),
    answers: z.array(
      z.object({
        check: z.string(),
        /** Null for "I do not know". */
        answer: answerSchema.nullable(),
        correct: z.boolean(),
      }),
    ),
  }),
  /** A chapter is marked as known, so that paths pass over it, or is so no longer. */
  z.object({ type: z.literal('chapter.known'), chapter: z.string(), known: z.boolean() }),
  z.object({ type: z.literal('changes.seen'), change: z.string() }),
])
export type LearningFact = z.infer<typeof learningFactSchema>

/** A fact with its identity: the learner's own id makes every re-send and import idempotent. */
export const learningEventSchema = z.object({
  /** UUIDv7, made where the event happens. */
  id: z.uuid(),
  /** Milliseconds since the Unix epoch, by the learner's clock. */
  at: z.number().int(),
  fact: learningFactSchema,
})
export type LearningEvent = z.infer<typeof learningEventSchema>
