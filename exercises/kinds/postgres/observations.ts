/** What the lab saw while it ran an answer: plain facts, which `gradePostgres` judges. */
import type { Plan } from './plan.ts'
import type { PostgresError, StatementResult } from './session.ts'

/** One statement of one client, as it was played. */
export interface PlayedStep {
  session: string
  sql: string
  /** 1-based line of the answer. */
  line: number
  /** Number of the session's transaction that it belongs to. */
  transaction: number
  /** The session that it waited for, when it had to. */
  waitedFor: string | null
  error: PostgresError | null
  /** True: it still waited when everybody else had ended. */
  unfinished: boolean
  columns: string[]
  rows: StatementResult['rows']
  /** Rows returned or changed. */
  count: number | null
}

/** One statement of a client that talks to a primary and its standby. */
export interface ServedStep {
  server: 'primary' | 'standby'
  sql: string
  line: number
  result: StatementResult | null
}

export interface Afterwards {
  actual: StatementResult | PostgresError
  expected: StatementResult
}

/** Clients' statements in one order of turns. */
export interface PlayedOrder {
  steps: PlayedStep[]
  after: Afterwards
  /** Clients that ended with an error. */
  left: string[]
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
  /** `total`: how many orders there are, of which as many are played as the check allows. */
  | { type: 'interleavings'; played: PlayedOrder[]; total: number }
  | { type: 'concurrency'; ends: ClientEnd[]; after: Afterwards; milliseconds: number }
  | { type: 'events'; steps: PlayedStep[]; after: Afterwards | null }
  | { type: 'probe'; steps: PlayedStep[] }
  | { type: 'locks'; asked: { mode: string; granted: boolean }[]; error: PostgresError | null }
  /** `ms` for settings that are times. */
  | { type: 'settings'; value: string | PostgresError; ms: number | null }
  | { type: 'sessions'; before: Readonly<Record<string, number>>; now: Readonly<Record<string, number>>; opened: number; refused: PostgresError | null }
  | { type: 'replica'; steps: ServedStep[]; error: PostgresError | null; expected: StatementResult; milliseconds: number }

export interface Observations {
  /** Why the answer itself could not be run to its end on the learner's data; null for the modes that play it elsewhere. */
  failure: PostgresError | null
  checks: Readonly<Record<string, CheckObservation>>
}

export function isError(value: object): value is PostgresError {
  return 'sqlstate' in value
}
