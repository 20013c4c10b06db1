/** What an incident says of the modes in which it can be taken: `modes` of its file. */
import { z } from 'zod'
import { partName } from '../../topology/quantity.ts'

const reason = z.string().trim().min(1)

export const modesSchema = z
  .strictObject({
    /** Modes that it does not offer, each with the reason. */
    without: z.strictObject({ noisy: reason.optional(), blind: reason.optional(), double: reason.optional() }).prefault({}),
    /** The part whose pod is slow in `double`; else it is chosen. */
    second: partName.optional(),
  })
  .prefault({})
