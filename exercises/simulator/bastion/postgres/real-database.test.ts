import { beforeAll, describe, expect, it } from 'vitest'
import { loadIncident } from '../../../../main/cli/incident-files.ts'
import { localPostgres } from '../../../../main/validation/local-postgres.ts'
import { nodeShellHost } from '../../../../main/validation/shell-host.ts'
import { parseClaim } from '../../incident/claim.ts'
import { observe } from '../../incident/index.ts'
import { openShift } from '../../incident/shift/index.ts'
import type { Shift, ShiftOptions, ShiftRecord } from '../../incident/shift/index.ts'
import { ShellSession } from '../shell-session.ts'
import type { LineAnswer } from '../shell-session.ts'

const contentDir = new URL('../../../../content', import.meta.url).pathname

function open(id: string, start: ShiftOptions | ShiftRecord): Shift {
  const read = loadIncident(contentDir, id)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const opening = openShift(read.value, start)
  for (let step = opening.next(); ; step = opening.next()) if (step.done) return step.value!
}
const sessionOf = (shift: Shift): ShellSession => new ShellSession(shift, nodeShellHost, { specs: shift.incident.spec.databases, entries: () => shift.entries, start: localPostgres })
const minute = 60_000_000
const acts = (shift: Shift): unknown[] => shift.entries.flatMap((entry) => (entry.type === 'acted' ? [entry.act] : []))
/** Pages that a statement touched, in memory or on disk, as EXPLAIN ANALYZE says them: its work, on a machine however busy. */
function pages({ stdout }: LineAnswer): number {
  const said = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(stdout)
  return said === null ? Number.NaN : Number(said[1] ?? 0) + Number(said[2] ?? 0)
}

describe('psql on the tables of userservice-latency', () => {
  let shift: Shift
  let session: ShellSession
  const ask = (sql: string): Promise<LineAnswer> => session.run(`psql -h users-db -c "${sql}"`, true)
  const slow = "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM users WHERE id::text = '4711'"
  beforeAll(() => {
    shift = open('userservice-latency', { id: 'one', seed: 1, level: 'guided' })
    session = sessionOf(shift)
  }, 60_000)

  it('finds the slow query slow, and the other quick', async () => {
    const scan = await ask(slow)
    expect(scan.stdout).toMatch(/Seq Scan on users[\s\S]*Rows Removed by Filter: 99999/)
    const lookup = await ask('EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM users WHERE id = 4711')
    expect(lookup.stdout).toContain('Index Scan using users_pkey')
    expect(pages(scan)).toBeGreaterThan(100 * pages(lookup))
    expect(acts(shift)).toEqual([])
  }, 60_000)

  it('shows activity, statements and locks of the simulated database, with all of SQL', async () => {
    expect((await ask('SELECT state, count(*) FROM pg_stat_activity GROUP BY 1 HAVING count(*) > 2 ORDER BY 1')).stdout).toMatch(/idle +\| +\d+/)
    expect((await ask('SELECT query, calls, round(mean_exec_time) FROM pg_catalog.pg_stat_statements ORDER BY mean_exec_time DESC LIMIT 1')).stdout).toMatch(/id::text = \$1 +\| +\d+ \| +[5-9]\d\d/)
    expect((await ask('SELECT a.pid, l.mode FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.granted')).exitCode).toBe(0)
    expect((await ask('SELECT now() - query_start AS age, query FROM pg_stat_activity WHERE usename = current_user OR pid = pg_backend_pid()')).stdout).toContain('pg_backend_pid()')
    expect((await ask("SELECT setting FROM pg_settings WHERE name = 'max_connections'")).stdout).toContain('100')
    expect((await session.run('kubectl exec users-db-0 -- psql -c \'\\d users\'', true)).stdout).toMatch(/email +\| text[\s\S]*users_pkey/)
  }, 60_000)

  it('complains as the server does, and begins each call with a new connection', async () => {
    const wrong = await ask('SELECT nme FROM users')
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^ERROR: {2}column "nme" does not exist\nLINE 1: SELECT nme FROM users\n {15}\^\n/) as string })
    expect((await ask('SELECT * FROM users WHERE id = \\$1')).stderr).toContain('EXPLAIN (GENERIC_PLAN)')
    expect((await ask('BEGIN; DELETE FROM users WHERE id = 1')).stdout).toBe('BEGIN\nDELETE 1\n')
    expect((await ask('SELECT count(*) FROM users')).stdout).toContain('100000')
    expect((await session.run("psql -c '\\timing' -c 'SELECT 1'", true)).stdout).toMatch(/Timing is on\.\n[\s\S]*Time: \d+\.\d+ ms/)
  }, 60_000)

  it('leaves the simulated database as it is when an index does not serve the query', async () => {
    const { stdout, notes } = await ask('CREATE INDEX idx_users_id ON users (id)')
    expect(stdout).toBe('CREATE INDEX\n')
    expect(notes[0]).toContain('add-index users-db table=users index=idx_users_id')
    shift.runTo(shift.nowUs + minute)
    expect((await ask(slow)).stdout).toContain('Seq Scan')
    const { stdout: dropped } = await ask('DROP INDEX idx_users_id')
    expect(dropped).toBe('DROP INDEX\n')
    expect(acts(shift).at(-1)).toMatchObject({ action: 'drop-index', table: 'users', index: 'idx_users_id' })
  }, 60_000)

  it('builds the index that serves it, in the time that the simulated one takes, and users feel it', async () => {
    await ask('CREATE INDEX CONCURRENTLY by_cast ON users ((id::text))')
    expect(acts(shift).at(-1)).toMatchObject({ action: 'add-index', target: 'users-db', table: 'users', index: 'users-id-text', statement: expect.stringContaining('by_cast') as string })
    // While it is built, it is there and not used.
    expect((await session.run("psql -c '\\di'", true)).stdout).toMatch(/by_cast[^\n]*INVALID/)
    expect((await ask(slow)).stdout).toContain('Seq Scan')
    shift.runTo(shift.nowUs + minute)
    const after = await ask(slow)
    expect(after.stdout).toContain('Index Scan')
    expect(pages(after)).toBeLessThan(10)
    shift.runTo(shift.nowUs + 2 * minute)
    expect(observe(shift.world, { kind: 'promql', query: 'sum(rate(db_rows_examined_total{query="find-user-cast"}[1m])) / sum(rate(db_queries_total{query="find-user-cast"}[1m]))', claim: parseClaim('== 1')! }, 0).holds).toBe(true)
  }, 60_000)

  it('is resumed to the same world, with the same indexes', async () => {
    const again = open('userservice-latency', shift.record())
    expect(again.world.fingerprint()).toBe(shift.world.fingerprint())
    const other = sessionOf(again)
    expect((await other.run(`psql -c "${slow}"`, true)).stdout).toContain('by_cast')
  }, 60_000)
})

describe('psql on the tables of runaway-report', () => {
  it('ends what it is asked to end, and builds no index sooner than the disks allow', async () => {
    const shift = open('runaway-report', { id: 'two', seed: 1, level: 'guided' })
    const session = sessionOf(shift)
    const ask = (sql: string): Promise<LineAnswer> => session.run(`psql -h orders-db -c "${sql}"`, true)
    const report = "EXPLAIN SELECT * FROM orders WHERE status = 'pending' AND created_at > '2025-01-01'"
    expect((await ask(report)).stdout).toContain('Seq Scan on orders')
    expect((await ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%created_at > \\$1'")).stdout).toMatch(/^ +[2-4]\d$/m)
    await ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'back-office' AND state = 'active'")
    expect(acts(shift)).toEqual([{ action: 'kill-query', target: 'orders-db', query: 'pending-since', longer: expect.stringMatching(/^\d+ms$/) as string }])
    const built = await ask('CREATE INDEX CONCURRENTLY idx_status ON orders (status, created_at)')
    expect(built.notes.join(' ')).toMatch(/index=by-status-created[\s\S]*Then it is built in about 3\.0 h/)
    shift.runTo(shift.nowUs + 5 * minute)
    expect((await ask(report)).stdout).toContain('Seq Scan on orders')
  }, 120_000)
})
