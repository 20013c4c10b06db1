import { z } from 'zod'
import { positiveCount, positiveDuration, share, size } from '../../../topology/quantity.ts'

const diskSchema = z.strictObject({
  size: size.default(100 * 2 ** 30),
  used: size.default(40 * 2 ** 30),
  /** Bytes that are written in a second, whatever the traffic. */
  growth: size.default(0),
  /** Bytes of log for each request to a service whose pods are here. */
  logs: z.record(z.string(), size).default({}),
  /** Operations that fail while the disk is full: `[orders-db insert-order]`. */
  blocks: z.array(z.string()).default([]),
})

export const nodeSchema = z.strictObject({
  cores: positiveCount.default(8),
  /** Services whose pods may be here; they are spread over the nodes that name them. */
  runs: z.array(z.string()).default([]),
  disk: diskSchema.prefault({}),
  /** Share of its cores that other tenants of the host take. */
  steal: share.default(0),
  /** Until a lost node's pods get no more requests, and until they are made anew elsewhere. */
  notice: positiveDuration.default(40_000_000),
  evict: positiveDuration.default(300_000_000),
})

/** A node as its topology says; times in microseconds, sizes in bytes. */
export type NodeSpec = z.output<typeof nodeSchema>
