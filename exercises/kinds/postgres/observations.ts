/** What the lab saw while it ran an answer: plain facts, which `gradePostgres` judges. */
import type { Plan } from './plan.ts'
import type { PostgresError, StatementResult } from './session.ts'

/** One statement of one client, as it was played. */
export interface PlayedStep {
  session: string
  sql: string
  /** 1-based line of the answer. */
  line: number
  /** The session that it waited for, when it had to. */
  waitedFor: string | null
  error: PostgresError | null
  rows: StatementResult['rows']
  /** Rows returned or changed. */
  count: number | null
}

export interface Afterwards {
  actual: StatementResult | PostgresError
  expected: StatementResult
}

/** How one client of many ended. */
export interface ClientEnd {
  client: number
  sqlstate: string | null
  message: string
  retries: number
}

export type CheckObservation =
  | { type: 'rows'; actual: StatementResult | PostgresError | null; expected: StatementResult }
  | { type: 'plan'; plan: Plan | PostgresError }
  | { type: 'statements' }
  | { type: 'interleavings'; played: { steps: PlayedStep[]; after: Afterwards; left: string[] }[]; total: number }
  | { type: 'concurrency'; ends: ClientEnd[]; after: Afterwards; milliseconds: number }
  | { type: 'events'; steps: PlayedStep[]; after: Afterwards | null }
  | { type: 'locks'; asked: { mode: string; granted: boolean }[]; error: PostgresError | null }
  | { type: 'settings'; value: string | PostgresError }

export interface Observations {
  /** Why the answer itself could not be run to its end on the learner's data; null for the modes that play it elsewhere. */
  failure: PostgresError | null
  checks: Readonly<Record<string, CheckObservation>>
}

export function isError(value: object): value is PostgresError {
  return 'sqlstate' in value
}
