/** Where the sessions of an exercise run: the server of the core, or PostgreSQL in the window itself. */
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { RunReport, TransactionState } from '../../../../../exercises/kinds/postgres/session.ts'
import type { PostgresParameters } from '../../../../../exercises/kinds/postgres/statements.ts'
import type { Table } from '../../../../../exercises/kinds/postgres/tables.ts'
import type { Activity } from '../../../../../exercises/kinds/postgres/wait-graph.ts'
import type { ApiClient, ApiError } from '../../../../../main/api/index.ts'

export type Answer<Value> = Promise<{ ok: true; value: Value } | { ok: false; message: string }>

export interface OpenedSessions {
  /** Of the server, such as `18.4`. */
  version: string
  sessions: { name: string; backendPid: number | null; transaction: TransactionState }[]
}

/** One attempt at an exercise. Nothing rejects: what fails says why. */
export interface LabDriver {
  /** Opens the database and its sessions; `onStart` hears how far the server is. */
  open(onStart: (start: { done: number; says: string }) => void): Answer<OpenedSessions>
  run(session: string, sql: string, parameters: PostgresParameters): Answer<RunReport>
  cancel(session: string): void
  /** What the sessions do, and which of them are gone. */
  look(): Answer<{ activity: Activity[]; lost: string[] }>
  tables(): Answer<Table[]>
  reset(): Answer<OpenedSessions>
  close(): void
}

const failed = ({ message }: ApiError): { ok: false; message: string } => ({ ok: false, message })

/** The sessions of the core's server. */
export function coreDriver(api: ApiClient, exercise: PostgresExercise): LabDriver {
  let attempt = ''
  return {
    async open(onStart) {
      const stop = api.on('postgres.starting', onStart)
      const opened = await api.call('postgres.open', { exercise: exercise.id })
      stop()
      if (!opened.ok) return failed(opened.error)
      attempt = opened.value.attempt
      return opened
    },
    async run(session, sql, parameters) {
      const answer = await api.call('postgres.run', { attempt, session, sql, parameters })
      return answer.ok ? answer : failed(answer.error)
    },
    cancel: (session) => void api.call('postgres.cancel', { attempt, session }),
    async look() {
      const answer = await api.call('postgres.look', { attempt })
      return answer.ok ? answer : failed(answer.error)
    },
    async tables() {
      const answer = await api.call('postgres.tables', { attempt })
      return answer.ok ? { ok: true, value: answer.value.tables } : failed(answer.error)
    },
    async reset() {
      const answer = await api.call('postgres.reset', { attempt })
      return answer.ok ? answer : failed(answer.error)
    },
    close() {
      if (attempt !== '') void api.call('postgres.close', { attempt })
    },
  }
}
