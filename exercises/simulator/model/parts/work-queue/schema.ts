import { z } from 'zod'
import { count, distribution, positiveCount, positiveDuration } from '../../../topology/quantity.ts'

export const workQueueSchema = z.strictObject({
  /** As which product it behaves and names its metrics: `sqs` hides a message for a time, `rabbitmq` until its consumer answers or is gone. */
  as: z.enum(['sqs', 'rabbitmq']).default('sqs'),
  /** Service and endpoint that work on a message; a queue without one keeps its messages, as one for dead letters. */
  call: z.string().regex(/^\S+\s+\S/, { error: 'names a service and its endpoint, such as resizer make-thumbnail.' }).optional(),
  /** Messages that one pod works on at once. */
  'per-pod': positiveCount.default(10),
  /** How long a message is hidden from others while it is worked on; then somebody else gets it too. Default 30s, for rabbitmq 30m. */
  visibility: positiveDuration.optional(),
  /** After so many deliveries without success it goes to the dead letters, or is dropped where there are none. */
  'most-receives': count.refine((receives) => receives >= 1, { error: 'must be at least 1.' }).optional(),
  'dead-letters': z.string().optional(),
  /** From the arrival of a message until its sender has an answer. */
  latency: distribution.prefault('lognormal(p50 4ms, p99 25ms)'),
  /** Most messages that it holds; one more is refused. */
  capacity: positiveCount.default(200_000),
})

/** A work queue as its topology says; times in microseconds. */
export type WorkQueueSpec = z.output<typeof workQueueSchema>
