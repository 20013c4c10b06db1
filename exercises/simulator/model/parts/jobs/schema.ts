import { z } from 'zod'
import { duration, positiveCount, positiveDuration } from '../../../topology/quantity.ts'
import { policySchema } from '../../policy/schema.ts'

export const jobSchema = z.strictObject({
  /** Time between the beginnings of runs. */
  every: positiveDuration,
  /** When the first run begins; default: after `every`. */
  first: duration.optional(),
  /** How often a run goes through the steps: rows, users, files. */
  items: positiveCount.refine((items) => items <= 1_000_000, { error: 'must be at most 1M.' }).default(1),
  /** Items that it works on at once. */
  workers: positiveCount.default(1),
  /** What happens when a run is due and the last one has not ended. */
  overlap: z.enum(['skip', 'allow']).default('skip'),
  /** How long a run holds its lock at most: a run that takes longer is joined by the next. Default: until it ends. */
  lease: positiveDuration.optional(),
  /** A run that takes longer is ended. */
  timeout: positiveDuration.optional(),
  'on-error': z.enum(['continue', 'stop']).default('continue'),
  dependencies: z.record(z.string(), policySchema).default({}),
  do: z.array(z.unknown()).min(1),
})

/** A job as its topology says; times in microseconds. */
export type JobSpec = z.output<typeof jobSchema>
