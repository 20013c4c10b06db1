import { z } from 'zod'
import { distribution, duration, positiveCount, positiveDuration, rate, share } from '../../../topology/quantity.ts'
import { keysSchema } from '../../keys.ts'
import { policyFields } from '../../policy/schema.ts'

export const clientSchema = z
  .strictObject({
    /** Requests a second, of users who do not know of each other. */
    rate: rate.optional(),
    /** Rate over time: straight lines between the points. */
    shape: z.array(z.strictObject({ at: duration, rate })).min(2).optional(),
    /** A fixed number of users, who ask again when they have an answer and have thought. */
    users: positiveCount.optional(),
    think: distribution.prefault('exp(1s)'),
    call: z.string().optional(),
    /** Several calls, by share. */
    mix: z.record(z.string(), share).optional(),
    /** A journey of several steps. */
    do: z.array(z.unknown()).optional(),
    /** After this time a user leaves, whatever has come of the request. */
    patience: positiveDuration.optional(),
    /** What users differ in: `tier: {vip: 5%, normal: 95%}`. */
    attributes: z.record(z.string(), z.record(z.string(), share)).default({}),
    /** Which entity a request is about. */
    key: keysSchema.optional(),
    ...policyFields,
  })
  .refine(({ rate: open, shape, users }) => [open, shape, users].filter((given) => given !== undefined).length === 1, { error: 'needs one of rate (open), shape (open, changing) and users (closed).' })
  .refine(({ call, mix, do: journey }) => [call, mix, journey].filter((given) => given !== undefined).length === 1, { error: 'needs one of call, mix and do.' })

/** A population of clients; times in microseconds, rates in 1/s. */
export type ClientSpec = z.output<typeof clientSchema>
