/** Parses what the sandbox sends: it is text from code that nobody trusts. */
import { z } from 'zod'
import type { GuestEvent } from '../guest/kit.ts'

const maxText = 2_000
const text = z.string().transform((value) => (value.length > maxText ? `${value.slice(0, maxText)}...` : value))
const atMs = z.number()

const guestEventSchema: z.ZodType<GuestEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('console'), atMs, level: text, text }),
  z.object({ kind: z.literal('timer'), atMs, delayMs: z.number(), stack: text }),
  z.object({ kind: z.literal('call'), atMs, name: text, call: z.number(), text, stack: text }),
  z.object({ kind: z.literal('return'), atMs, name: text, call: z.number(), outcome: z.enum(['value', 'error']), text }),
  z.object({ kind: z.literal('note'), atMs, text }),
  z.object({ kind: z.literal('schedule'), atMs, number: z.number() }),
  z.object({
    kind: z.literal('failure'),
    atMs,
    failure: z.object({ type: z.enum(['assertion', 'error']), name: text, message: text, stack: text, expected: text.optional(), actual: text.optional() }),
  }),
  z.object({ kind: z.literal('end'), atMs }),
])

/** The event that `text` holds, or null when it is none. */
export function parseEvent(json: string): GuestEvent | null {
  try {
    const parsed = guestEventSchema.safeParse(JSON.parse(json))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
