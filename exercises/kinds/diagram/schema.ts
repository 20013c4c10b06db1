/** What an author writes for a `diagram` exercise: what must be drawn, by meaning. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields, exerciseFields } from '../../core/exercise-base.ts'

const name = z.string().regex(/^[a-z0-9-]+$/)
/** A regular expression, without regard to case; in YAML, quote it with '. */
const pattern = z.string().min(1)
const says = z.array(pattern).min(1)
const common = { ...checkFields }
const asks = z.string().min(1)

const meaningSchema = z.strictObject({
  /** How evidence calls it, such as "the cache". */
  called: z.string().min(1),
  /** Names that people give it; case, plural, spaces and underscores do not matter. One between slashes is a pattern. */
  is: z.array(z.string().min(1)).min(1),
  /** A label that matches one of these means something else. */
  not: z.array(pattern).default([]),
})
export type Meaning = z.infer<typeof meaningSchema>

/** One end of an arrow: a meaning, or one of several. */
const end = z.union([name, z.array(name).min(1)])

const edgeSchema = z.strictObject({
  /** What the arrow answers, as the learner reads it, such as "Who fills the cache?". */
  asks,
  from: end,
  to: end,
  /** Words of the arrow match one of these. */
  says: says.optional(),
  /** Meanings that may stand in between. What means nothing that is asked for always may, unless `straight`. */
  via: z.array(name).default([]),
  straight: z.boolean().default(false),
  /** Whether the line is dotted, where the brief gives that a meaning. */
  dotted: z.boolean().optional(),
  /** False where only being joined matters, such as a threat and what it threatens. */
  directed: z.boolean().default(true),
})
export type EdgeDemand = z.infer<typeof edgeSchema>

const messageSchema = z.strictObject({
  /** Named by `orders`. */
  id: name,
  asks,
  /** `any` for whoever. */
  from: end,
  to: end,
  says: says.optional(),
  /** Words that make it another message. */
  not: z.array(pattern).default([]),
})
export type MessageDemand = z.infer<typeof messageSchema>

const loose = messageSchema.omit({ id: true, asks: true })
export type MessagePattern = z.infer<typeof loose>

const blockKind = z.enum(['alt', 'opt', 'loop', 'par', 'critical', 'break'])

/** Criteria of a diagram. */
export const diagramCheckSchema = z.discriminatedUnion('type', [
  /** Each meaning is drawn. `shape` where a decision, a store or a person must look like one; `once` against doubles. */
  z.strictObject({
    ...common,
    type: z.literal('nodes'),
    nodes: z.array(z.strictObject({ is: name, shape: z.enum(['decision', 'store', 'actor']).optional(), once: z.boolean().default(false) })).min(1),
  }),
  /** Arrows from meaning to meaning. */
  z.strictObject({ ...common, type: z.literal('edges'), edges: z.array(edgeSchema).min(1) }),
  /** Arrows and messages that must not be there. Not judged until both ends (and `before`) are drawn. */
  z.strictObject({
    ...common,
    type: z.literal('absent'),
    absent: z.array(z.strictObject({ from: end, to: end, says: says.optional(), because: asks, before: loose.optional() })).min(1),
  }),
  /** There is a way from A to B through these in order, without those. With `every`, no way goes around `through`. */
  z.strictObject({
    ...common,
    type: z.literal('paths'),
    paths: z.array(z.strictObject({ asks, from: name, to: name, through: z.array(name).default([]), avoids: z.array(name).default([]), every: z.boolean().default(false) })).min(1),
  }),
  /** One subgraph or box holds all of these and none of those. */
  z.strictObject({ ...common, type: z.literal('groups'), groups: z.array(z.strictObject({ asks, inside: z.array(name).min(1), outside: z.array(name).default([]) })).min(1) }),
  /** A point with an arrow for each outcome, each with its words. */
  z.strictObject({
    ...common,
    type: z.literal('branches'),
    branches: z.array(z.strictObject({ asks, at: end.optional(), outcomes: z.array(z.strictObject({ says, to: name.optional() })).min(2) })).min(1),
  }),
  /** A way that passes these in order and comes back; the others of the list are not on the way between two. */
  z.strictObject({ ...common, type: z.literal('cycle'), asks, through: z.array(name).min(2) }),
  /** No way leads back. `among`: what must be drawn before that can be said. */
  z.strictObject({ ...common, type: z.literal('acyclic'), among: z.array(name).min(2) }),
  /** Neither a sketch nor a wallpaper; with `joined`, nothing stands alone. */
  z.strictObject({ ...common, type: z.literal('size'), least: z.number().int().min(3), most: z.number().int().min(3), joined: z.boolean().default(true) }),
  /** Messages in time. `orders` lists ids that follow one another; others may stand between. Absent: all, as listed. */
  z.strictObject({ ...common, type: z.literal('order'), messages: z.array(messageSchema).min(1), orders: z.array(z.array(name).min(2)).min(1).optional() }),
  /** A message inside a block, in a branch of given words; `apartFrom` stands in another branch or outside. */
  z.strictObject({
    ...common,
    type: z.literal('blocks'),
    blocks: z.array(z.strictObject({ asks, kinds: z.array(blockKind).min(1), says: says.optional(), message: loose, apartFrom: loose.optional() })).min(1),
  }),
  /** Notes of a sequence that say something. */
  z.strictObject({ ...common, type: z.literal('notes'), notes: z.array(z.strictObject({ asks, says, over: name.optional() })).min(1) }),
  /** A participant is active while a message is sent. */
  z.strictObject({ ...common, type: z.literal('active'), active: z.array(z.strictObject({ asks, who: name, during: loose })).min(1) }),
])
export type DiagramCheck = z.infer<typeof diagramCheckSchema>
export type DiagramCheckOf<Type extends DiagramCheck['type']> = Extract<DiagramCheck, { type: Type }>

export const diagramExerciseSchema = z.strictObject({
  ...exerciseFields,
  kind: z.literal('diagram'),
  /** Kinds of Mermaid diagrams that answer it. */
  accepts: z.array(z.enum(['flowchart', 'state', 'sequence'])).min(1),
  meanings: z.record(name, meaningSchema),
  checks: z.array(diagramCheckSchema).min(1),
})
export type DiagramExercise = z.infer<typeof diagramExerciseSchema>
