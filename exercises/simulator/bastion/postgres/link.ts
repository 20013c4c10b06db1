import type { RunReport } from '../../../kinds/postgres/session.ts'

/** A small PostgreSQL. It works in a thread of its own, so that the world's clock goes on meanwhile. */
export interface PostgresLink {
  /** Starts it and makes its tables. Rejects with what is wrong with them. */
  open(setup: string): Promise<void>
  /** Runs statements. @param nowMs what its clocks show, milliseconds since the Unix epoch */
  run(sql: string, nowMs: number): Promise<RunReport>
  /** Ends it, with whatever it is doing: what waits is rejected. */
  close(): void
}

/** Rows that are kept of a result. */
export const mostRows = 2_000
