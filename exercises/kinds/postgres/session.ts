/**
 * One client of a PostgreSQL, as the workspace and the grader use it. Two engines stand behind it: a server process with
 * as many sessions as one likes, and PGlite, which has a single one.
 */
import { z } from 'zod'
import type { PostgresParameters } from './statements.ts'

/** A value as PostgreSQL printed it; a number only where nothing is lost by that. */
export const cellSchema = z.union([z.string(), z.number(), z.null()])
export type Cell = z.infer<typeof cellSchema>

export const statementResultSchema = z.object({
  /** The statement as it was run, without its semicolon. */
  sql: z.string(),
  /** Offset of the statement in the text that was run, in UTF-16 units. */
  start: z.number().int(),
  /** PostgreSQL's word for what was done, such as `UPDATE`. */
  command: z.string(),
  /** Column names; empty for a statement that returns nothing. */
  columns: z.array(z.string()),
  rows: z.array(z.array(cellSchema)),
  /** True when rows were left out because the row limit was reached. */
  truncated: z.boolean(),
  /** Rows returned or changed; null for statements that count none. */
  count: z.number().int().nullable(),
})
export type StatementResult = z.infer<typeof statementResultSchema>

export const postgresErrorSchema = z.object({
  /** Five characters such as `40001`; `08000` when the connection is gone. */
  sqlstate: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  hint: z.string().optional(),
  /** Place in the whole text that was run, in UTF-16 units. */
  start: z.number().int(),
  end: z.number().int(),
})
export type PostgresError = z.infer<typeof postgresErrorSchema>

/** `idle`: no transaction. `open`: in one. `failed`: in one that can only roll back. `lost`: the connection is gone. */
export const transactionStateSchema = z.enum(['idle', 'open', 'failed', 'lost'])
export type TransactionState = z.infer<typeof transactionStateSchema>

export const noticeSchema = z.object({ severity: z.string(), message: z.string(), detail: z.string().optional(), hint: z.string().optional() })
export type Notice = z.infer<typeof noticeSchema>

export const runReportSchema = z.object({
  results: z.array(statementResultSchema),
  notices: z.array(noticeSchema),
  /** Why the last statement failed; those after it were not run. */
  error: postgresErrorSchema.nullable(),
  transaction: transactionStateSchema,
  /** From sending the first statement to the last answer. Waiting for locks counts. */
  milliseconds: z.number(),
})
export type RunReport = z.infer<typeof runReportSchema>

export interface RunOptions {
  /** Rows kept of each result. */
  maxRows: number
  parameters?: PostgresParameters
}

export interface PostgresSession {
  /** The server's number of this session; null where there is only one. */
  readonly backendPid: number | null
  readonly transaction: TransactionState
  /** Runs every statement in turn, each by itself as psql does, up to the first that fails. Never rejects. */
  run(sql: string, options: RunOptions): Promise<RunReport>
  /** Asks the server to stop what this session runs; the run then reports SQLSTATE 57014. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** Types whose text is a number, by PostgreSQL's ids: int8, int2, int4, oid, float4, float8, numeric. */
const numberTypes = new Set([20, 21, 23, 26, 700, 701, 1700])

/** A printed value as a cell: numbers where their text survives the trip, so `1.50` and big integers stay text. */
export function cellOf(text: string | null, typeId: number): Cell {
  if (text === null || !numberTypes.has(typeId)) return text
  const value = Number(text)
  return String(value) === text ? value : text
}
