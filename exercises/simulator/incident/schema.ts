/** What an author writes in `content/incidents/<id>/incident.yaml`. How to write one is in docs/incidents.md. */
import { z } from 'zod'
import { parseLogql } from '../logql/index.ts'
import { parsePromql } from '../promql/index.ts'
import { duration, parseDurationUs, partName, positiveDuration } from '../topology/quantity.ts'
import { parseTraceSearch } from '../traces/index.ts'
import { parseClaim } from './claim.ts'
import { modesSchema } from './modes/schema.ts'
import { varySchema } from './vary/schema.ts'

const text = z.string().trim().min(1)
const id = z.string().regex(/^[a-z0-9-]+$/, { error: 'an id is lower-case letters, digits and dashes.' })

const promql = z.string().superRefine((query, context) => {
  const parsed = parsePromql(query)
  if (!parsed.ok) context.addIssue({ code: 'custom', message: `PromQL does not read it: ${parsed.error.message}` })
})

const claim = z.string().transform((written, context) => {
  const parsed = parseClaim(written)
  if (parsed !== null) return parsed
  context.issues.push({ code: 'custom', message: `"${written}" is not a claim; write "> 0.9", "< 2 and >= 1" or "== 0".`, input: written })
  return z.NEVER
})

/** A question to the telemetry, and what its answer shows. */
const observationFields = {
  /** `change` finds the words in target and summary of what teams changed; traces and changes are counted. */
  kind: z.enum(['promql', 'logql', 'trace', 'change']),
  query: text,
  /** Holds for every series of the answer; log lines, traces and changes are counted. No series counts as 0. */
  claim,
}

function checkQuery({ kind, query }: { readonly kind: string; readonly query: string }, context: z.core.$RefinementCtx): void {
  const parsed = kind === 'promql' ? parsePromql(query) : kind === 'logql' ? parseLogql(query) : kind === 'trace' ? parseTraceSearch(query) : null
  if (parsed !== null && !parsed.ok) context.addIssue({ code: 'custom', path: ['query'], message: `${kind} does not read it: ${parsed.error.message}` })
}

/** Command lines whose output shows a piece of evidence. */
const pattern = z.string().superRefine((written, context) => {
  try {
    new RegExp(written)
  } catch (error) {
    context.addIssue({ code: 'custom', message: `"${written}" is no regular expression: ${String(error)}` })
  }
})

const onset = z.string().regex(/^(change:.+|outside|load|growth|time|nothing)$/, { error: 'an onset is change:<part>, outside, load, growth, time or nothing.' })

/** `page+2m` to microseconds after the page. */
const afterPage = z.string().transform((written, context) => {
  const us = parseDurationUs(/^page\s*\+\s*(.+)$/.exec(written)?.[1] ?? (written === 'page' ? '0' : 'x'))
  if (us !== null) return us
  context.issues.push({ code: 'custom', message: `"${written}" is not a moment; write page+2m.`, input: written })
  return z.NEVER
})

const actSchema = z.looseObject({ action: text, target: partName })

/** One step of a play: waits for its moment, after the step before it, and then acknowledges or acts. */
const playStepSchema = z
  .strictObject({
    after: afterPage.optional(),
    /** PromQL; the step comes when it has a result. */
    when: promql.optional(),
    acknowledge: z.literal(true).optional(),
    act: actSchema.optional(),
    /** Why, for the debrief. */
    because: text.optional(),
  })
  .refine(({ after, when }) => after !== undefined || when !== undefined, { error: 'a step needs after: page+2m, or when: with a condition.' })
  .refine(({ acknowledge, act }) => (acknowledge === undefined) !== (act === undefined), { error: 'a step either acknowledges or acts.' })

/** A play as a file of its own, for `incident run --policy FILE`. */
export const playSchema = z.array(playStepSchema).min(1)

/** A database of the topology that the terminal's psql asks for real: a small PostgreSQL with its tables, and what its queries look like there. */
const realDatabaseSchema = z.strictObject({
  /** What it holds of the story's rows; psql says it. */
  scale: text,
  /** Makes its tables and fills them. */
  setup: text,
  /** By the queries of the topology. */
  queries: z.record(
    z.string(),
    z.strictObject({
      /** A statement with values that is planned as that query. */
      asks: text,
      /** Builds the index that the topology's query needs, for one that was asked for in other words. */
      'served-by': text.optional(),
    }),
  ),
})

/** `incident.yaml`; times in microseconds. */
export const incidentSchema = z.strictObject({
  id,
  /** `false-alarm`: the page is wrong and users are well; then nothing has to be done, and whatever is done costs. */
  kind: z.enum(['fault', 'false-alarm']).default('fault'),
  title: text,
  difficulty: z.number().int().min(1).max(5),
  /** Real time that a learner needs for it. */
  minutes: z.number().int().min(5).max(120),
  chapter: z.string().regex(/^ch\d\d$/, { error: 'a chapter is written ch07.' }),
  skills: z.array(text).min(1),
  /** Suits somebody's first shift: short, with a fault that its telemetry shows plainly. The list of incidents marks it. */
  'first-shift': z.boolean().default(false),
  /** Ids of the catalogue. */
  covers: z.array(z.string().regex(/^[a-z0-9]+(\.[a-z0-9-]+)+$/)).min(1),
  /** How a simulated request relates to the real ones of the story, where it does not stand for one. */
  scale: text.optional(),
  topology: z.string().default('topology.yaml'),
  /** Simulated time before the shift opens. All faults come later. */
  history: positiveDuration,
  page: z.strictObject({
    /** Name of the alert of the topology that pages. */
    alert: text,
    /** The page comes within this time after the last fault or change of the topology. */
    within: positiveDuration,
  }),
  objective: z.strictObject({
    label: text,
    /** PromQL; restored when it has had a result for `hold` without a gap. */
    when: promql,
    hold: positiveDuration,
    /** After the page. */
    within: positiveDuration,
    /** Says that, and why, it heals with no action; absent where it does not. */
    heals: text.optional(),
  }),
  budget: z.strictObject({
    /** PromQL of counters: requests that were good, and all. */
    good: promql,
    total: promql,
    /** Share that must be good over the window. */
    target: z.number().gt(0).lt(1),
    days: z.number().positive().default(30),
    /** What one failed request costs. */
    cost: z.strictObject({ amount: z.number().positive(), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
  }),
  truth: z.strictObject({
    component: partName,
    /** The cause as one choice among the rivals: a sentence of their length and kind. */
    label: text,
    mechanism: text,
    trigger: text,
    /** What set it off: `change:<part>` for what a team changed, else where it came from; `nothing` for a false alarm. */
    onset,
    /** Other answers to what set it off that are as good, such as what moved the alert of a false alarm. */
    'onset-also': z.array(onset).default([]),
    /** When evidence is taken, after the page. */
    at: duration.default(180_000_000),
    evidence: z.array(z.strictObject({ id, label: text, ...observationFields, tellsApartFrom: z.array(id).default([]), commands: z.array(pattern).default([]) }).superRefine(checkQuery)).min(2),
  }),
  /** Plausible causes that it is not, each with what clears it. */
  rivals: z.array(z.strictObject({ id, label: text, because: text, innocent: z.strictObject(observationFields).superRefine(checkQuery) })).min(1),
  /** What the room offers first, judged. */
  actions: z.array(z.strictObject({ act: actSchema, verdict: z.enum(['right', 'needless', 'harmful']), because: text })).min(2),
  expert: playSchema,
  wrong: z.array(z.strictObject({ name: id, belief: text, play: playSchema, expect: z.enum(['fails', 'worse']), because: text })).min(1),
  /** By the name of the part. */
  databases: z.record(z.string(), realDatabaseSchema).default({}),
  /** Which harder modes it offers. */
  modes: modesSchema,
  /** Ranges from which another seed than 1 draws. */
  vary: varySchema,
  hints: z.strictObject({ guided: z.array(text).min(1), assisted: z.array(text).min(1) }),
  /** Sections and playbooks. */
  reading: z.array(text).default([]),
})

/** An incident as its file says; times in microseconds. */
export type IncidentSpec = z.output<typeof incidentSchema>
export type RealDatabaseSpec = z.output<typeof realDatabaseSchema>
export type PlayStep = IncidentSpec['expert'][number]
export type Act = z.output<typeof actSchema>
export type Observation = Pick<IncidentSpec['truth']['evidence'][number], 'kind' | 'query' | 'claim'>
