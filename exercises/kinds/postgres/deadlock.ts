/** What PostgreSQL tells of a deadlock that it has broken: the ring is over by then, and only its error remembers it. */
import type { PostgresError } from './session.ts'
import type { WaitGraph } from './wait-graph.ts'

export interface Deadlock {
  edges: WaitGraph['edges']
  /** The session whose statement was ended. */
  victim: string
}

const line = /^Process (\d+) waits for (.+); blocked by process (\d+)\.$/gm

/** The ring in an error 40P01, with sessions by their names; null for any other error. */
export function readDeadlock(error: PostgresError, victim: string, nameOf: (pid: number) => string): Deadlock | null {
  if (error.sqlstate !== '40P01') return null
  const edges = [...(error.detail ?? '').matchAll(line)].map(([, from, lock = '', to]) => ({ from: nameOf(Number(from)), to: nameOf(Number(to)), lock: lock.replace(/ of database \d+$/, '') }))
  return edges.length === 0 ? null : { edges, victim }
}
