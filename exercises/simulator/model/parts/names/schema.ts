import { z } from 'zod'
import { distribution, duration, partName, positiveCount, positiveDuration, share } from '../../../topology/quantity.ts'

export const resolverSchema = z.strictObject({
  /** Time of a lookup that the resolver can answer. */
  latency: distribution.prefault('lognormal(p50 1ms, p99 8ms)'),
  /** Lookups answered at once; more of them wait in line. */
  workers: positiveCount.default(8),
  /** How long a client waits before it asks again, and how often it asks (resolv.conf: timeout, attempts). */
  timeout: positiveDuration.default(5_000_000),
  attempts: positiveCount.default(2),
  /** Share of lookups answered SERVFAIL. */
  servfail: share.default(0),
  /** Share of lookups that get no answer. */
  drop: share.default(0),
})

/** How a client keeps an answer: for its TTL, for ever as old JVMs do, not at all as glibc does, or for a time of its own. */
const keepSchema = z.union([z.enum(['ttl', 'forever', 'none']), duration])

export const nameSchema = z.strictObject({
  resolver: partName,
  /** The part that it stands for, or several with the weight of each; those of weight 0 are for later. */
  target: z.union([partName.transform((name) => ({ [name]: 1 })), z.record(partName, z.number().min(0).max(1e6))]),
  ttl: duration.default(30_000_000),
  /** How clients keep answers, where they differ: `{checkout: forever}`. */
  caching: z.record(z.string(), keepSchema).default({}),
  /** Clients go on with an answer that is too old while the resolver fails. */
  'serve-stale': z.boolean().default(false),
})

/** Checked specs; times in microseconds. */
export type ResolverSpec = z.output<typeof resolverSchema>
export type NameSpec = z.output<typeof nameSchema>
export type Keep = z.output<typeof keepSchema>
