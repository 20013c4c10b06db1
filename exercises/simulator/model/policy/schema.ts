/** What a caller does about a call: how long it waits, whether it tries again, when it stops asking. */
import { z } from 'zod'
import { count, duration, positiveCount, positiveDuration, rate, share } from '../../topology/quantity.ts'
import { outcomeNames } from '../outcome.ts'

const breakerSchema = z.strictObject({
  /** Share of failures over the window that opens it. */
  failures: share.default(0.5),
  /** Calls of the window. */
  window: positiveCount.default(20),
  /** Fewest calls in the window before it may open. */
  least: positiveCount.default(10),
  /** How long it stays open before it lets probes through. */
  open: positiveDuration.default(10_000_000),
  /** Probes that must succeed to close it. */
  probes: positiveCount.default(3),
  /** A call that took longer counts as failed. */
  slow: positiveDuration.optional(),
})

const retrySchema = z.strictObject({
  /** Tries after the first. */
  attempts: count.default(2),
  backoff: z.enum(['none', 'constant', 'exponential']).default('exponential'),
  base: duration.default(100_000),
  most: positiveDuration.default(10_000_000),
  jitter: z.enum(['none', 'equal', 'full']).default('full'),
  /** Retries may be at most this share of calls (a token bucket, as in Finagle and gRPC). */
  budget: share.optional(),
  /** Outcomes that are tried again; default: all failures but refusals to serve this request ever. */
  on: z.array(z.enum(outcomeNames as [string, ...string[]])).optional(),
})

/** A policy without tries, for calls to which tries can still be given at run time. */
export const noRetries = retrySchema.parse({ attempts: 0 })

const poolSchema = z.strictObject({
  size: positiveCount,
  /** How long a request waits for a connection. */
  acquire: positiveDuration.default(30_000_000),
})

/** Options of a call, on the step or under `dependencies` of the service. */
export const policyFields = {
  timeout: positiveDuration.optional(),
  retries: z.union([z.number().int().min(0).max(100).transform((attempts) => retrySchema.parse({ attempts })), retrySchema]).optional(),
  breaker: z.union([z.literal(true).transform(() => breakerSchema.parse({})), breakerSchema]).optional(),
  /** Most calls at once from one replica; one more fails at once. */
  bulkhead: positiveCount.optional(),
  /** Most calls a second from one replica. */
  limit: rate.optional(),
  /** Sends a second copy after this time and takes the first answer. */
  hedge: positiveDuration.optional(),
  /** false: each call opens a connection and closes it, whose port then rests for a minute. Not with a pool, which keeps them. */
  'keep-alive': z.boolean().optional(),
  /** Connections of one replica, shared by all its calls to the target. */
  pool: z.union([positiveCount.transform((connections) => poolSchema.parse({ size: connections })), poolSchema]).optional(),
}

export const policySchema = z.strictObject(policyFields)

/** A checked policy; times in microseconds. */
export type PolicySpec = z.output<typeof policySchema>
export type BreakerSpec = z.output<typeof breakerSchema>
export type RetrySpec = z.output<typeof retrySchema>
export type PoolSpec = z.output<typeof poolSchema>
