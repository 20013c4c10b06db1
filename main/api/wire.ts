/** The frames that both carriers exchange: JSON over a WebSocket, or structured clones over IPC. */
import { z } from 'zod'

/** Largest frame accepted, in bytes: an import of a learner's whole history fits. */
export const frameBytesMax = 80 * 1024 * 1024

export const requestFrameSchema = z.strictObject({ id: z.number().int().min(0), name: z.string().max(100), input: z.unknown() })
export type RequestFrame = z.infer<typeof requestFrameSchema>

export const replyFrameSchema = z.object({
  id: z.number().int().min(0),
  result: z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: z.unknown() }),
  ]),
})
export const pushFrameSchema = z.object({ push: z.string(), payload: z.unknown() })
export const serverFrameSchema = z.union([replyFrameSchema, pushFrameSchema])
export type ServerFrame = z.infer<typeof serverFrameSchema>

/** On the refusal of a window that does not know this launch's secret, so that it can tell Firedrill from a stranger. */
export const otherLaunchHeader = 'X-Firedrill-Window'
