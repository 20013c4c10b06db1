/** What a seed changes in an incident: `vary` of its file. */
import { z } from 'zod'
import { positiveDuration } from '../../topology/quantity.ts'

const path = z.string().regex(/^[a-z]+\..+$/, { error: 'a place in the topology is written clients.buyers.rate.' })
const places = z.union([path.transform((one) => [one]), z.array(path).min(1)])

const numberSchema = z
  .strictObject({
    /** Where in the topology; the same number at each place. */
    of: places,
    from: z.number().positive(),
    to: z.number().positive(),
    /** Between two values; 1 if absent. */
    step: z.number().positive().default(1),
  })
  .refine(({ from, to }) => from < to, { error: 'from must be below to.' })

const wordSchema = z.strictObject({ of: places, among: z.array(z.string().min(1)).min(2) })

/** Seed 1 has what the files say; every other seed draws from these. */
export const varySchema = z
  .strictObject({
    /** All faults and changes come up to this much later, all by the same. */
    onset: positiveDuration.optional(),
    /** By the name that texts have for it: `{{ buyers }}`, `{{ buyers * 30 }}`. */
    values: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'a name is lower-case letters, digits and dashes.' }), z.union([numberSchema, wordSchema])).default({}),
  })
  .prefault({})

export type Vary = z.output<typeof varySchema>
