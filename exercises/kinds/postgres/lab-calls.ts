/** What the window and the core say to one another about the PostgreSQL lab. */
import { z } from 'zod'
import { cellSchema, runReportSchema, transactionStateSchema } from './session.ts'
import { activitySchema } from './wait-graph.ts'

/** How far the start of the server is; pushed while `open` is answered. */
export const startProgressSchema = z.object({
  step: z.enum(['find', 'files', 'start', 'roles', 'ready']),
  /** 0..1. */
  done: z.number().min(0).max(1),
  says: z.string(),
})
export type StartProgress = z.infer<typeof startProgressSchema>

/** Whether several sessions are possible on this machine; `why` is fit to show. */
export const labAvailabilitySchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), version: z.string() }), z.object({ ok: z.literal(false), why: z.string() })])

const attempt = z.string().min(1).max(100)
const sessionName = z.string().regex(/^[A-D]$/)
const sql = z.string().max(200_000)
const openSessions = z.object({ attempt, sessions: z.array(z.object({ name: sessionName, backendPid: z.number().int(), transaction: transactionStateSchema })) })

/**
 * Calls for the workspace, in the shape of the API's contract. `attempt` names a database and its sessions. A `run` that
 * waits for a lock is answered when it has ended; `look` meanwhile shows for whom it waits, and `cancel` ends it.
 */
export const labCalls = {
  available: { input: z.strictObject({}), output: labAvailabilitySchema },
  open: { input: z.strictObject({ exerciseId: z.string().min(1).max(200) }), output: openSessions },
  run: {
    input: z.strictObject({ attempt, session: sessionName, sql, parameters: z.record(z.string(), cellSchema).optional() }),
    output: runReportSchema,
  },
  cancel: { input: z.strictObject({ attempt, session: sessionName }), output: z.object({}) },
  look: { input: z.strictObject({ attempt }), output: z.object({ activity: z.array(activitySchema) }) },
  reset: { input: z.strictObject({ attempt }), output: openSessions },
  close: { input: z.strictObject({ attempt }), output: z.object({}) },
} as const
