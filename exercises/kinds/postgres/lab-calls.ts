/** What the window and the core say to one another about the PostgreSQL lab. */
import { z } from 'zod'

/** How far the start of the server is. */
export const startProgressSchema = z.object({
  step: z.enum(['find', 'files', 'start', 'roles', 'ready']),
  /** 0..1. */
  done: z.number().min(0).max(1),
  says: z.string(),
})
export type StartProgress = z.infer<typeof startProgressSchema>
