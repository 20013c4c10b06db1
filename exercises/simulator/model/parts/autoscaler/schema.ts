import { z } from 'zod'
import { count, duration, positiveCount, positiveDuration, share } from '../../../topology/quantity.ts'

/** What operators can change while it runs. */
export const settingFields = {
  min: positiveCount.optional(),
  max: positiveCount.optional(),
  /** Share of the cores of ready pods that should be busy. */
  target: share.refine((value) => value > 0, { error: 'must be above 0.' }).optional(),
  /** It acts on the least that it has wanted in this time when it adds pods, and on the most when it takes them away. */
  'stabilise-up': duration.optional(),
  'stabilise-down': duration.optional(),
}

export const autoscalerSchema = z
  .strictObject({
    of: z.string(),
    ...settingFields,
    /** Requests in flight that a pod should have, instead of a share of its cores. */
    inflight: positiveCount.optional(),
    every: positiveDuration.refine((us) => us >= 1_000_000, { error: 'must be at least 1s.' }).default(15_000_000),
    /** Age of the measurements that it acts on. */
    delay: duration.default(0),
    /** Differences from the target that it leaves alone. */
    tolerance: share.default(0.1),
    /** Most pods that it adds in one step: this many, or as many as there are, whichever is more. */
    burst: count.default(4),
    /** Shortest time between two changes. */
    cooldown: duration.default(0),
  })
  .refine(({ min = 1, max = 10 }) => min <= max, { error: 'min must not be above max.', path: ['min'] })

/** An autoscaler as its topology says; times in microseconds. */
export type AutoscalerSpec = z.output<typeof autoscalerSchema>
