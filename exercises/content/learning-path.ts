/** A learning path: a choice of what the course holds, in an order. Apart from the file's parser, so that the window can do without it. */
import { z } from 'zod'

const work = {
  /** What it takes, or null where it is not written yet. */
  minutes: z.number().int().nullable(),
  /** For a drill: the time to do it in, by one's own clock. */
  withinMinutes: z.number().int().nullable(),
}

export const pathItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chapter'), chapter: z.string(), ...work }),
  z.object({ kind: z.literal('section'), chapter: z.string(), section: z.string(), ...work }),
  z.object({ kind: z.literal('exercise'), id: z.string(), ...work }),
  z.object({ kind: z.literal('incident'), id: z.string(), ...work }),
  /** To be used on the way; it is never done. */
  z.object({ kind: z.literal('template'), id: z.string(), ...work }),
])
export type PathItem = z.infer<typeof pathItemSchema>

export const learningPathSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Whom it is for and what it leads to, in one or two sentences. */
  about: z.string(),
  /** A day, or a part with a name. */
  parts: z.array(z.object({ title: z.string(), items: z.array(pathItemSchema) })),
})
export type LearningPath = z.infer<typeof learningPathSchema>
