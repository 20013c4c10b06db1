import { z } from 'zod'
import { distribution, partName, positiveDuration } from '../../../topology/quantity.ts'

export const replicatedStoreSchema = z.strictObject({
  nodes: z.array(partName).min(1).max(9).refine((nodes) => new Set(nodes).size === nodes.length, { error: 'has a name twice.' }).default(['a', 'b', 'c']),
  heartbeat: positiveDuration.refine((us) => us >= 10_000, { error: 'must be at least 10ms.' }).default(100_000),
  /** A node that hears of no leader for this long stands for election itself. */
  'election-timeout': distribution.prefault('uniform(1s, 2s)'),
  /** Between nodes, one way. */
  link: distribution.prefault('lognormal(p50 300us, p99 2ms)'),
  /** Time of a read or of a write to the leader's own disk. */
  latency: distribution.prefault('lognormal(p50 1ms, p99 8ms)'),
  /** Whether a leader needs the votes of a majority, and gives up when it no longer hears of one. */
  quorum: z.boolean().default(true),
  /** When a write is acknowledged: on a majority of nodes, or on the leader alone, with the others to follow. */
  commit: z.enum(['majority', 'leader']).default('majority'),
  /** Whether a new leader has the old one cut off from power before it serves. */
  fencing: z.boolean().default(false),
  'fence-time': positiveDuration.default(5_000_000),
})

/** A replicated store as its topology says; times in microseconds. */
export type ReplicatedStoreSpec = z.output<typeof replicatedStoreSchema>
