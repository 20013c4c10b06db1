/** `evidence/shows.yaml` of a decision: which texts its simulated world prints, and when. */
import { z } from 'zod'
import { parseDurationUs } from '../../../simulator/topology/quantity.ts'

const time = z.string().transform((text, context): number => {
  const timeUs = parseDurationUs(text)
  if (timeUs !== null) return timeUs
  context.addIssue({ code: 'custom', message: `"${text}" is not a time from the start; write 40m.` })
  return z.NEVER
})

/** Units in which a number is printed; the telemetry is in seconds, bytes and shares. */
export const valueUnits = ['plain', 'whole', 'ms', 's', 'percent', 'per-second', 'MB'] as const
const unit = z.enum(valueUnits).default('plain')

const part = z.union([
  /** The author's own words between what is printed: a heading, the question that was asked. */
  z.strictObject({ say: z.string() }),
  /** A table of answers to PromQL: one row for each series, named by its `label`, and one column for each time. */
  z.strictObject({ table: z.string(), at: z.array(time).min(1), rows: z.array(z.strictObject({ ask: z.string(), unit, label: z.string() })).min(1) }),
  /** Log lines that LogQL finds before a time. */
  z.strictObject({ logs: z.string(), at: time, since: time, lines: z.number().int().min(1).default(5), title: z.string().optional() }),
  /** The spans of one trace that a search finds. */
  z.strictObject({ trace: z.string(), at: time, since: time, pick: z.enum(['slowest', 'newest', 'oldest']).default('slowest'), attributes: z.array(z.string()).default([]), rows: z.number().int().min(1).default(40) }),
  /** How many traces a search finds. */
  z.strictObject({ count: z.string(), at: time, since: time, title: z.string() }),
  /** A command of the terminal, as it is typed; `most` of its lines, `cut` to a number of columns. */
  z.strictObject({ run: z.string(), at: time, most: z.number().int().min(1).optional(), cut: z.number().int().min(20).optional() }),
  /** What teams changed between two times. */
  z.strictObject({ changes: z.literal(true), from: time, at: time }),
])
export type EvidencePart = z.infer<typeof part>

export const evidenceSchema = z.strictObject({
  /** Of the simulated world; the topology stands in `topology.yaml` beside it. */
  seed: z.union([z.string(), z.number()]),
  /** By name of the text file: `evidence/<name>.txt`. */
  shows: z.record(z.string().regex(/^[a-z0-9-]+$/), z.array(part).min(1)),
})
export type Evidence = z.infer<typeof evidenceSchema>

/** Moments that the parts of a text are about; the last of a question over several times. */
export function lastTimeUs(one: EvidencePart): number {
  if ('say' in one) return 0
  return Array.isArray(one.at) ? Math.max(...one.at) : one.at
}
