import { z } from 'zod'
import { distribution, positiveDuration } from '../../../topology/quantity.ts'

/** Shorter ones would be renewed all the time. */
export const leaseSchema = positiveDuration.refine((us) => us >= 100_000, { error: 'must be at least 100ms.' })

export const lockServiceSchema = z.strictObject({
  /** After this time without renewal the lock is anybody's. */
  lease: leaseSchema.default(10_000_000),
  /** Whether owners renew their lease, after each third of it, as long as their process runs. */
  renew: z.boolean().default(true),
  /** How long a request waits for a lock. */
  acquire: positiveDuration.default(30_000_000),
  /** Time of a request to the lock service. */
  latency: distribution.prefault('lognormal(p50 1ms, p99 6ms)'),
  /** Whether what the lock protects refuses writes with an older token than it has seen. */
  fencing: z.boolean().default(false),
})

/** A lock service as its topology says; times in microseconds. */
export type LockServiceSpec = z.output<typeof lockServiceSchema>
