/** What the screens show of a learner: the projection of the event log. */
import { z } from 'zod'

export const chapterProgressSchema = z.object({
  opened: z.boolean(),
  sectionsRead: z.array(z.string()),
  checks: z.record(
    z.string(),
    z.object({
      /** The last answer. */
      answer: z.union([z.string(), z.number(), z.array(z.string())]),
      correct: z.boolean(),
      firstCorrect: z.boolean(),
      attempts: z.number().int(),
    }),
  ),
  walkthroughs: z.record(
    z.string(),
    z.object({
      finished: z.boolean(),
      minutesSpent: z.number(),
      stages: z.record(z.string(), z.object({ observed: z.array(z.string()), choices: z.array(z.string()), decided: z.boolean() })),
    }),
  ),
  position: z.object({ section: z.string(), block: z.string(), at: z.number() }).nullable(),
})
export type ChapterProgress = z.infer<typeof chapterProgressSchema>

export const exerciseProgressSchema = z.object({
  attempts: z.number().int(),
  bestScore: z.number(),
  passed: z.boolean(),
  /** Newest version at which it was passed; a version newer than that keeps the pass and says that the exercise changed. */
  passedVersion: z.number().int().nullable(),
  hintsShown: z.array(z.number().int()),
  solutionShown: z.boolean(),
  lastAt: z.number(),
})
export type ExerciseProgress = z.infer<typeof exerciseProgressSchema>

export const incidentProgressSchema = z.object({
  started: z.number().int(),
  ended: z.number().int(),
  restored: z.boolean(),
  /** 0..1, the mean of process and outcome of the best shift; 0 where none has ended. */
  bestScore: z.number(),
  /** 0..1, of the best postmortem that was checked; null where none was. */
  postmortemScore: z.number().nullable(),
  /** Of the shift that was begun last and has not ended; null where there is none. */
  openShift: z.string().nullable(),
  lastAt: z.number(),
})
export type IncidentProgress = z.infer<typeof incidentProgressSchema>

export const noteSchema = z.object({
  id: z.string(),
  chapter: z.string(),
  section: z.string(),
  block: z.string(),
  after: z.number().int(),
  quote: z.string(),
  nth: z.number().int(),
  /** Empty for a mark alone. */
  text: z.string(),
  /** When it was made, and last changed: milliseconds since the Unix epoch. */
  at: z.number(),
  changedAt: z.number(),
})
export type Note = z.infer<typeof noteSchema>

/** The newest answers to a chapter's questions of the placement test. */
export const placedChapterSchema = z.object({
  passed: z.boolean(),
  answers: z.array(z.object({ check: z.string(), answer: z.union([z.string(), z.number(), z.array(z.string())]).nullable(), correct: z.boolean() })),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
})
export type PlacedChapter = z.infer<typeof placedChapterSchema>

export const progressSnapshotSchema = z.object({
  chapters: z.record(z.string(), chapterProgressSchema),
  exercises: z.record(z.string(), exerciseProgressSchema),
  incidents: z.record(z.string(), incidentProgressSchema),
  /** Evidence per skill: `mastery` 0..1 weighs recent results more; `evidence` counts them. */
  skills: z.record(z.string(), z.object({ mastery: z.number(), evidence: z.number().int() })),
  /** By chapter; only those that the placement test has asked about. */
  placed: z.record(z.string(), placedChapterSchema),
  /** Chapters that are marked as known, in the order of the marks. */
  known: z.array(z.string()),
  /** Where to go on: the last place that was worked in. */
  resume: z
    .object({ kind: z.enum(['chapter', 'exercise', 'incident']), id: z.string(), section: z.string().nullable(), block: z.string().nullable(), at: z.number() })
    .nullable(),
  changesSeen: z.array(z.string()),
  /** Oldest first. */
  notes: z.array(noteSchema),
  /** Resets that can still be undone, newest first. */
  resets: z.array(z.object({ id: z.string(), scope: z.string(), at: z.number(), hidden: z.number().int() })),
  events: z.number().int(),
})
export type ProgressSnapshot = z.infer<typeof progressSnapshotSchema>

/** A chapter never opened. */
export const emptyChapterProgress: ChapterProgress = {
  opened: false,
  sectionsRead: [],
  checks: {},
  walkthroughs: {},
  position: null,
}
