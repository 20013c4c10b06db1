/** Who waits for whom, from what pg_stat_activity, pg_locks and pg_blocking_pids say at one moment. */
import { z } from 'zod'

/** One row of the lab's look at the server: a session and what it waits for. */
export const activitySchema = z.object({
  pid: z.number().int(),
  /** Name of the session in the workspace, such as `A`. */
  session: z.string(),
  /** PostgreSQL's word: `active`, `idle`, `idle in transaction`, `idle in transaction (aborted)`. */
  state: z.string(),
  query: z.string(),
  /** Since its transaction began; null outside of one. */
  transactionMs: z.number().nullable(),
  /** `Lock: transactionid` and the like; null when it waits for nothing. */
  waitsFor: z.string().nullable(),
  blockedBy: z.array(z.number().int()),
  locks: z.array(z.object({ target: z.string(), mode: z.string(), granted: z.boolean() })),
})
export type Activity = z.infer<typeof activitySchema>

export interface WaitGraph {
  nodes: { id: string; pid: number; state: string; query: string; waiting: boolean }[]
  /** `from` waits for `to`; `lock` is what it wants. */
  edges: { from: string; to: string; lock: string }[]
  /** Sessions that wait for one another in a ring, each for the next, or null. PostgreSQL ends such a ring as a deadlock. */
  cycle: string[] | null
}

/** Draws the graph. Sessions that are not in `activity` appear by their number when somebody waits for them. */
export function waitGraph(activity: readonly Activity[]): WaitGraph {
  const names = new Map(activity.map(({ pid, session }) => [pid, session]))
  const nameOf = (pid: number): string => names.get(pid) ?? `process ${pid}`
  const nodes = activity.map(({ pid, session, state, query, blockedBy }) => ({ id: session, pid, state, query, waiting: blockedBy.length > 0 }))
  const edges = activity.flatMap((waiter) =>
    [...new Set(waiter.blockedBy)].map((blocker) => {
      const wanted = waiter.locks.find((lock) => !lock.granted)
      return { from: waiter.session, to: nameOf(blocker), lock: wanted === undefined ? (waiter.waitsFor ?? 'a lock') : `${wanted.mode} on ${wanted.target}` }
    }),
  )
  for (const { to } of edges) if (!nodes.some((node) => node.id === to)) nodes.push({ id: to, pid: Number(to.replace('process ', '')), state: 'unknown', query: '', waiting: false })
  return { nodes, edges, cycle: cycleOf(edges) }
}

/** The first ring, found by following every edge in order. */
function cycleOf(edges: readonly { from: string; to: string }[]): string[] | null {
  const finished = new Set<string>()
  const path: string[] = []
  const visit = (node: string): string[] | null => {
    const at = path.indexOf(node)
    if (at !== -1) return path.slice(at)
    if (finished.has(node)) return null
    path.push(node)
    for (const edge of edges) {
      if (edge.from !== node) continue
      const found = visit(edge.to)
      if (found !== null) return found
    }
    path.pop()
    finished.add(node)
    return null
  }
  for (const { from } of edges) {
    const found = visit(from)
    if (found !== null) return found
  }
  return null
}
