/** What the window and the core say to one another about the PostgreSQL lab. */
import { z } from 'zod'
import { gradeSchema } from '../../core/grade.ts'
import { cellSchema, runReportSchema, transactionStateSchema } from './session.ts'
import { tableSchema } from './tables.ts'
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
export const labAvailabilitySchema = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })])
export type LabAvailability = z.infer<typeof labAvailabilitySchema>

const id = z.string().min(1).max(200)
const attempt = z.string().min(1).max(100)
const sessionName = z.string().regex(/^[A-D]$/)
const sql = z.string().max(200_000)
const openSessions = z.object({
  attempt,
  /** Of the server, such as `18.4`. */
  version: z.string(),
  sessions: z.array(z.object({ name: sessionName, backendPid: z.number().int(), transaction: transactionStateSchema })),
})
export type OpenSessions = z.infer<typeof openSessions>

/**
 * Calls for the workspace. `attempt` names a database and its sessions; only the window that opened it can use it, and it
 * ends with that window. A `run` that waits for a lock is answered when it has ended; `look` meanwhile shows for whom it
 * waits, and `cancel` ends it. A session that was lost is opened anew by its next run.
 */
export const labCalls = {
  'postgres.available': { input: z.strictObject({}), output: labAvailabilitySchema },
  'postgres.open': { input: z.strictObject({ exercise: id }), output: openSessions },
  'postgres.run': {
    input: z.strictObject({ attempt, session: sessionName, sql, parameters: z.record(z.string(), cellSchema).optional() }),
    output: runReportSchema,
  },
  'postgres.cancel': { input: z.strictObject({ attempt, session: sessionName }), output: z.object({}) },
  'postgres.look': { input: z.strictObject({ attempt }), output: z.object({ activity: z.array(activitySchema), lost: z.array(sessionName) }) },
  'postgres.tables': { input: z.strictObject({ attempt }), output: z.object({ tables: z.array(tableSchema) }) },
  'postgres.reset': { input: z.strictObject({ attempt }), output: openSessions },
  'postgres.close': { input: z.strictObject({ attempt }), output: z.object({}) },
  /** Grades an answer on databases of its own. Steps are told by the push `postgres.step`. */
  'postgres.grade': { input: z.strictObject({ exercise: id, answer: sql }), output: z.object({ grade: gradeSchema }) },
} as const

/** What the core tells all windows about the lab. */
export const labPushes = {
  'postgres.starting': startProgressSchema,
  'postgres.step': z.object({ exercise: id, says: z.string() }),
} as const
