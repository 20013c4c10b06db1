/** The lab's look at a database: its sessions, what they hold, and whom they wait for. */
import { z } from 'zod'
import type { Activity } from '../../../exercises/kinds/postgres/wait-graph.ts'
import { activitySchema } from '../../../exercises/kinds/postgres/wait-graph.ts'
import type { LabConnection } from './connection.ts'
import { learnerRole } from './roles.ts'
import { runTrusted } from './run-trusted.ts'

/** Locks that every session takes on itself, and those on the catalogue, would hide the ones that matter. */
const activitySql = `
  SELECT json_agg(row_to_json(s) ORDER BY s.session, s.pid) FROM (
    SELECT a.pid, a.application_name AS session, coalesce(a.state, '') AS state, a.query,
      extract(epoch FROM clock_timestamp() - a.xact_start) * 1000 AS "transactionMs",
      CASE WHEN a.wait_event_type = 'Lock' THEN 'Lock: ' || a.wait_event END AS "waitsFor",
      pg_blocking_pids(a.pid) AS "blockedBy",
      coalesce((SELECT json_agg(json_build_object('target', CASE
            WHEN l.relation IS NOT NULL AND l.locktype = 'tuple' THEN 'a row of ' || l.relation::regclass::text
            WHEN l.relation IS NOT NULL THEN l.relation::regclass::text
            WHEN l.locktype = 'transactionid' THEN 'transaction ' || l.transactionid
            WHEN l.locktype = 'advisory' THEN 'advisory lock ' || CASE WHEN l.objsubid = 1 THEN ((l.classid::bigint << 32) | l.objid::bigint)::text ELSE l.classid || ', ' || l.objid END
            ELSE l.locktype END, 'mode', l.mode, 'granted', l.granted) ORDER BY l.granted, l.mode)
        FROM pg_locks AS l WHERE l.pid = a.pid AND l.locktype <> 'virtualxid'
          AND (l.locktype <> 'transactionid' OR NOT l.granted) AND (l.relation IS NULL OR l.relation >= 16384)), '[]') AS locks
    FROM pg_stat_activity AS a WHERE a.datname = current_database() AND a.usename = '${learnerRole}') AS s`

/** What the learner's sessions do now. @throws Error when the server is gone */
export async function lookAt(administrator: LabConnection): Promise<Activity[]> {
  const [[json] = []] = await runTrusted(administrator, activitySql)
  return typeof json === 'string' ? z.array(activitySchema).parse(JSON.parse(json)) : []
}

/** For each waiting session of these, the sessions that block it. */
export async function blockersOf(administrator: LabConnection, pids: readonly number[]): Promise<Map<number, number[]>> {
  if (pids.length === 0) return new Map()
  const rows = await runTrusted(administrator, `SELECT p, array_to_json(pg_blocking_pids(p)) FROM unnest(ARRAY[${pids.join(',')}]) AS p`)
  return new Map(rows.map(([pid, blockers]) => [Number(pid), z.array(z.number()).parse(JSON.parse(String(blockers)))]))
}
