import { z } from 'zod'
import { count, distribution, duration, positiveCount, positiveDuration, share } from '../../../topology/quantity.ts'

export const cacheSchema = z.strictObject({
  system: z.string().default('redis'),
  /** Keys that fit; the one not used for longest goes first. */
  size: positiveCount.default(100_000),
  ttl: positiveDuration.default(300_000_000),
  /** Times to live differ by up to this share, so that keys do not expire together. */
  jitter: share.default(0),
  /** Only one request fills a missing key; others wait for it. */
  'single-flight': z.boolean().default(false),
  latency: distribution.prefault('lognormal(p50 300us, p99 2ms)'),
  /** Shards, each with one thread. */
  shards: positiveCount.default(1),
  /** Time of one operation on the thread of its shard. */
  work: duration.default(10),
  /** Kept in the memory of each pod that asks: no shard to wait for, and each pod has its own copy, as old as it may be. */
  'in-process': z.boolean().default(false),
  /** Keys that are there at the start, from key 0, all filled at the same moment. */
  warm: count.default(0),
})

/** A cache as its topology says; times in microseconds. */
export type CacheSpec = z.output<typeof cacheSchema>
