import { z } from 'zod'
import { parseDurationUs, positiveDuration } from '../../../topology/quantity.ts'

/** `-3s` or `250ms`, in microseconds. */
export const signedDuration: z.ZodType<number, unknown> = z.union([z.string(), z.number()]).transform((value, context) => {
  const text = String(value).trim()
  const us = parseDurationUs(text.replace(/^-\s*/, ''))
  if (us !== null) return text.startsWith('-') ? -us : us
  context.issues.push({ code: 'custom', message: `"${text}" is not a duration; write 250ms, 3s, or -3s for backwards.`, input: value })
  return z.NEVER
})

const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)])

export const clockSchema = z.strictObject({
  /** Parts whose nodes have this clock. */
  of: names,
  /** Replicas or nodes of those parts, from 0; default: all. */
  replicas: z.array(z.number().int().min(0)).min(1).optional(),
  /** How far it is ahead at the start. */
  offset: signedDuration.prefault(0),
  /** Parts per million that it is fast when nothing corrects it. */
  drift: z.number().min(-100_000).max(100_000).default(0),
  /** Whether it is synchronised. */
  sync: z.boolean().default(true),
  /** Time between looks at the time source. */
  poll: positiveDuration.refine((us) => us >= 1_000_000, { error: 'must be at least 1s.' }).default(64_000_000),
  /** Fastest correction, in parts per million. */
  slew: z.number().positive().max(100_000).default(500),
  /** Above this it steps instead. */
  step: positiveDuration.default(128_000),
})

/** A clock as its topology says; times in microseconds. */
export type ClockSpec = z.output<typeof clockSchema>
