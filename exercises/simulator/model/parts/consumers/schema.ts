import { z } from 'zod'
import { count, duration, positiveCount, positiveDuration } from '../../../topology/quantity.ts'

const failuresSchema = z.strictObject({
  /** Tries of a message after the first; `forever` blocks its partition until it succeeds. */
  retries: z.union([z.literal('forever'), count]).default('forever'),
  backoff: duration.default(1_000_000),
  /** Topic that takes messages whose retries are used up. Without one they are skipped, and lost. */
  'dead-letters': z.string().optional(),
})

export const consumersSchema = z
  .strictObject({
    broker: z.string(),
    topic: z.string(),
    /** Service and endpoint that handle a message: `order-worker handle-order`. */
    call: z.string().regex(/^\S+\s+\S/, { error: 'names a service and its endpoint, such as order-worker handle-order.' }),
    /** Consumers in each pod, each with a thread of its own. */
    'per-pod': positiveCount.refine((consumers) => consumers <= 64, { error: 'must be at most 64.' }).default(1),
    /** Most messages of one poll (max.poll.records). */
    batch: positiveCount.default(500),
    'max-poll-interval': positiveDuration.default(300_000_000),
    'session-timeout': positiveDuration.default(45_000_000),
    heartbeat: positiveDuration.default(3_000_000),
    /** Eager: all stop while partitions are shared out anew. Cooperative: only partitions that move stop. */
    assignment: z.enum(['eager', 'cooperative']).default('eager'),
    /** Members keep their identity over a restart (group.instance.id), so that one which is back soon causes no rebalance. */
    static: z.boolean().default(false),
    /** From the last join of a rebalance until partitions are assigned. */
    'rebalance-time': duration.default(500_000),
    /** When offsets are committed: after each batch, after each message, or before the batch is handled (at most once). */
    commit: z.enum(['batch', 'message', 'before']).default('batch'),
    /** Longest that the handler may take before its message counts as failed. */
    timeout: positiveDuration.optional(),
    failures: failuresSchema.prefault({}),
  })
  .refine(({ heartbeat, 'session-timeout': session }) => heartbeat < session, { error: 'heartbeat must be shorter than session-timeout.', path: ['heartbeat'] })

/** A consumer group as its topology says; times in microseconds. */
export type ConsumersSpec = z.output<typeof consumersSchema>
