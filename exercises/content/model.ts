/**
 * The compiled form of course content: what the pipeline produces from Markdown and YAML, what `main` serves and the
 * renderer draws. It is plain JSON with no HTML in it, so hostile Markdown can at worst be shown as text.
 */
import { z } from 'zod'
import { problemSchema } from '../core/problem.ts'
import type { CodeRun } from './code-run.ts'
import type { FigureType, FigureValues } from './figure-types.ts'
import { learningPathSchema } from './learning-path.ts'
import { templateSummarySchema } from './template.ts'

/** A run of highlighted source text; `kind` is undefined for plain text. */
export const codeTokenSchema = z.object({
  text: z.string(),
  kind: z.enum(['keyword', 'string', 'number', 'comment', 'invalid', 'name']).optional(),
})
export type CodeToken = z.infer<typeof codeTokenSchema>

export type Inline =
  | { t: 'text'; v: string }
  | { t: 'em' | 'strong' | 'del'; c: Inline[] }
  | { t: 'code'; v: string }
  /** `href` is `https:` for the outside world, or an app route such as `/chapters/ch07#locks`. */
  | { t: 'link'; href: string; external: boolean; c: Inline[] }
  /** A number that the pipeline recomputed from `from` (an arithmetic expression) and found equal. */
  | { t: 'num'; v: string; from: string }
  | { t: 'br' }
  /** A word of the glossary, marked by the reader where a section uses it first; files never hold it. */
  | { t: 'term'; v: string; id: string }

export const inlineSchema: z.ZodType<Inline> = z.lazy(() =>
  z.discriminatedUnion('t', [
    z.object({ t: z.literal('text'), v: z.string() }),
    z.object({ t: z.enum(['em', 'strong', 'del']), c: z.array(inlineSchema) }),
    z.object({ t: z.literal('code'), v: z.string() }),
    z.object({ t: z.literal('link'), href: z.string(), external: z.boolean(), c: z.array(inlineSchema) }),
    z.object({ t: z.literal('num'), v: z.string(), from: z.string() }),
    z.object({ t: z.literal('br') }),
    z.object({ t: z.literal('term'), v: z.string(), id: z.string() }),
  ]),
)

/** One option of a choice check. Its explanation is the lesson: a belief that real engineers hold, answered. */
export interface CheckOption {
  /** Letter by position: `a`, `b`, ... */
  id: string
  label: Inline[]
  correct: boolean
  explanation: Block[]
}

/** An inline question. The learner commits before the explanation shows. */
export type Check = {
  id: string
  prompt: Block[]
  covers: string[]
  skills: string[]
} & (
  | { type: 'choice'; options: CheckOption[] }
  /** Every correct option must be chosen and no other. */
  | { type: 'multiple'; options: CheckOption[] }
  /** `answer` in `unit`; right when |given - answer| <= tolerance. */
  | { type: 'number'; answer: number; tolerance: number; unit: string; explanation: Block[] }
  /** `items` are in the correct order; the view shuffles them by the check's id. */
  | { type: 'order'; items: { id: string; label: Inline[] }[]; explanation: Block[] }
)

export type Block =
  /** `id` is stable while the text is: position is remembered to the paragraph. */
  | { t: 'p'; id: string; c: Inline[] }
  | { t: 'heading'; depth: 3 | 4; id: string; c: Inline[] }
  | { t: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { t: 'quote'; c: Block[] }
  | { t: 'table'; align: ('left' | 'right' | 'center' | null)[]; head: Inline[][]; rows: Inline[][][] }
  | {
      t: 'code'
      lang: string
      text: string
      tokens: CodeToken[]
      title?: string | undefined
      /** Set when the block is declared runnable: the validator executes it. */
      run?: CodeRun | undefined
      /** What running it printed; checked by the validator when `run` is set. */
      output?: string | undefined
    }
  | { t: 'diagram'; id: string; title: string; source: string; description: Block[]; covers: string[] }
  /** A picture that moves. `ask` is what the reader should try to reach; `description` says in words what it shows. */
  | { t: 'figure'; id: string; type: FigureType; title: string; ask: string; attributes: FigureValues; description: Block[]; covers: string[] }
  | { t: 'check'; check: Check }
  | { t: 'walkthrough'; id: string }
  | { t: 'exercise'; id: string }
  | { t: 'incident'; id: string }
  | { t: 'template'; id: string }
  | { t: 'callout'; kind: 'note' | 'warning' | 'wrong' | 'next-time'; title: string; c: Block[] }
  /** Hidden until the named check has been answered, so that the reader commits first. */
  | { t: 'after'; check: string; c: Block[] }
  | { t: 'references'; items: Inline[][] }
  | { t: 'rule' }

/** One thing the learner may look at during a walkthrough. */
export interface Observation {
  id: string
  label: string
  /** Simulated minutes it costs. */
  minutes: number
  /** Real data, produced by a real engine. */
  reveals: Block[]
  /** What an expert learns from it; shown when the stage is decided. */
  expert: Block[]
  useful: boolean
}

export interface WalkthroughStage {
  id: string
  title: string
  situation: Block[]
  observations: Observation[]
  decision: { prompt: Block[]; options: CheckOption[] }
  /** Shown when the right decision is taken: what happens next. */
  outcome: Block[]
}

/** A guided investigation: choose observations within a budget, decide, be told why. */
export interface Walkthrough {
  id: string
  title: string
  covers: string[]
  skills: string[]
  budgetMinutes: number
  intro: Block[]
  stages: WalkthroughStage[]
  debrief: Block[]
}

export interface Section {
  id: string
  title: string
  covers: string[]
  /** Words of prose, for the reading time. */
  words: number
  blocks: Block[]
}

export interface Chapter {
  /** `ch07`; stable for ever, progress refers to it. */
  id: string
  number: number
  slug: string
  title: string
  /** The question the chapter answers, one or two sentences. */
  question: string
  objectives: string[]
  /** Chapter ids worth reading first. */
  needs: string[]
  minutes: number
  covers: string[]
  skills: string[]
  sections: Section[]
  walkthroughs: Walkthrough[]
  /** sha256 of the sources, to notice a change. */
  revision: string
}

/** A chapter as home and the library list it, without its text. */
export const chapterSummarySchema = z.object({
  id: z.string(),
  number: z.number().int(),
  slug: z.string(),
  title: z.string(),
  question: z.string(),
  minutes: z.number(),
  /** `planned`: listed in course.yaml, not written. `broken`: does not compile; see problems. */
  state: z.enum(['ready', 'planned', 'broken']),
  skills: z.array(z.string()),
  sections: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      checks: z.array(z.string()),
      exercises: z.array(z.string()),
      walkthroughs: z.array(z.string()),
    }),
  ),
  problems: z.array(problemSchema),
})
export type ChapterSummary = z.infer<typeof chapterSummarySchema>

/** An exercise as lists show it. */
export const exerciseSummarySchema = z.object({
  id: z.string(),
  kind: z.string(),
  version: z.number().int(),
  title: z.string(),
  summary: z.string(),
  chapter: z.string(),
  minutes: z.number(),
  difficulty: z.number().int().min(1).max(5),
  skills: z.array(z.string()),
})
export type ExerciseSummary = z.infer<typeof exerciseSummarySchema>

/** An incident as lists show it. */
export const incidentSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  difficulty: z.number().int().min(1).max(5),
  /** Real time that a learner needs for it. */
  minutes: z.number(),
  chapter: z.string(),
  skills: z.array(z.string()),
  /** The alert that pages. */
  page: z.string(),
  /** Suits somebody who has never worked an incident here. */
  firstShift: z.boolean(),
})
export type IncidentSummary = z.infer<typeof incidentSummarySchema>

/** A skill that exercises and checks build. */
export const skillSchema = z.object({ id: z.string(), title: z.string() })

/** A note about a content change, shown once after an update. */
export const contentChangeSchema = z.object({
  id: z.string(),
  date: z.string(),
  title: z.string(),
  notes: z.array(z.string()),
})

/** Everything lists, search and the palette need, in one small answer. */
export const libraryIndexSchema = z.object({
  revision: z.string(),
  chapters: z.array(chapterSummarySchema),
  /** What stands after the chapters and is read like one. */
  appendices: z.array(chapterSummarySchema),
  exercises: z.array(exerciseSummarySchema),
  incidents: z.array(incidentSummarySchema),
  templates: z.array(templateSummarySchema),
  paths: z.array(learningPathSchema),
  /** The placement test in numbers; null where the course has none. */
  placement: z.object({ questions: z.number().int(), minutes: z.number().int() }).nullable(),
  skills: z.array(skillSchema),
  changes: z.array(contentChangeSchema),
  /** Problems outside any chapter (an exercise, an incident, a dataset, course.yaml). */
  problems: z.array(problemSchema),
})
export type LibraryIndex = z.infer<typeof libraryIndexSchema>
