import { describe, expect, it } from 'vitest'
import type { CommandResult } from '../command.ts'
import { runCommand } from '../index.ts'
import { run, shop } from '../testing/shop.ts'

const slow = shop(3, '{ at: 1m, drop-index: orders-db, table: customers, index: by-email }')
const calm = shop(2)
const locked = shop(2, '{ at: 110s, lock-table: orders-db, table: customers, time: 60s }')

describe('psql', () => {
  it('shows the plan turn into a scan when the index has gone', () => {
    expect(run(calm, "psql -h orders-db -c 'EXPLAIN find-customer'").stdout).toContain('Index Scan using by-email on customers')
    const plan = run(slow, "psql -h orders-db -c 'EXPLAIN ANALYZE SELECT * FROM customers WHERE email = $1'").stdout
    expect(plan).toContain('Filter: (email = $1)')
    expect(run(slow, "psql -h orders-db -c 'EXPLAIN find-customer'").stdout).toContain('Filter: (email = $1)')
    expect(plan).toMatch(/Seq Scan on customers[\s\S]*Rows Removed by Filter: 399999[\s\S]*Execution Time: \d+/)
    expect(run(slow, "psql -c '\\d customers'").stdout).toContain('none')
  })
  it('tells of slow statements and running queries', () => {
    expect(run(slow, "psql -c 'SELECT query, mean_exec_time, calls FROM pg_stat_statements ORDER BY mean_exec_time DESC LIMIT 10'").stdout).toMatch(/SELECT \* FROM customers WHERE email = \$1 \| +\d+\.\d+ \| +\d+/)
    const rows = run(slow, "psql -t -c 'SELECT pid FROM pg_stat_activity WHERE query_start IS NOT NULL ORDER BY query_start'").stdout.trim().split('\n')
    expect(rows.length).toBeGreaterThan(1)
    const end = run(slow, `psql -c 'SELECT pg_terminate_backend(${rows[0] ?? ''})'`)
    expect(end.act).toMatchObject({ action: 'kill-query', target: 'orders-db', query: 'find-customer' })
    expect(run(slow, "psql -t -c 'SELECT count(*) FROM pg_stat_activity'").stdout.trim()).toMatch(/^\d+$/)
  })
  it('shows who waits for a lock, and who holds it', () => {
    const found = run(locked, "psql -t -c 'SELECT wait_event_type, wait_event, pg_blocking_pids(pid) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 LIMIT 1'").stdout
    expect(found).toBe('Lock|relation|{990}\n')
    expect(run(locked, "psql -c 'SELECT mode FROM pg_locks WHERE pid = 990'").stdout).toContain('AccessExclusiveLock')
  })
  it('filters by texts, ages and null, as the catalogue\'s statements do', () => {
    const ask = (statement: string): CommandResult => runCommand(locked, ['psql', '-t', '-c', statement])
    expect(ask("SELECT pid, now() - query_start AS age, query FROM pg_stat_activity WHERE query_start < now() AND state = 'active' ORDER BY age DESC LIMIT 1").stdout).toMatch(/^\d+\|00:00:\d\d\.\d{6}\|SELECT \* FROM customers/)
    expect(ask("SELECT pid, wait_event_type, wait_event, query FROM pg_stat_activity WHERE wait_event_type = 'Lock'").stdout.split('\n').length).toBeGreaterThan(5)
    expect(ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND query_start < now() - interval '5 minutes' AND query NOT LIKE '%pg_stat_activity%';").act).toEqual({ action: 'kill-query', target: 'orders-db', longer: '300s' })
    expect(ask('CREATE INDEX by-name ON customers (last, first);').act).toMatchObject({ action: 'add-index', index: 'by-name' })
  })
  it('builds an index that helps', () => {
    const answer = run(slow, "psql -c 'CREATE INDEX CONCURRENTLY by-email ON customers (email)'")
    expect(answer).toMatchObject({ stdout: 'CREATE INDEX\n', stderr: '', act: { action: 'add-index', target: 'orders-db', table: 'customers', index: 'by-email' } })
    expect(run(slow, "psql -c 'CREATE INDEX idx ON customers (email)'").stderr).toContain('Its queries on customers use: by-email')
    const after = slow.fork()
    expect(after.act(answer.act!).ok).toBe(true)
    after.runUntil(after.nowUs + 60_000_000)
    expect(run(after, "psql -c 'EXPLAIN find-customer'").stdout).toContain('Index Scan')
  })
  it('says what it does not know', () => {
    expect(run(calm, "psql -c 'SELECT a FROM b JOIN c ON true'").stderr).toContain("JOIN is not part of this simulation's SQL")
    expect(run(calm, "psql -c 'SELECT duration FROM pg_stat_activity'").stderr).toBe('ERROR:  column "duration" does not exist\n')
    expect(run(calm, "psql -c 'SELECT * FROM nothing'").stderr).toBe('ERROR:  relation "nothing" does not exist\n')
    expect(run(calm, "psql -c 'DROP TABLE customers'").stderr).toContain('not part of this simulation')
    expect(run(calm, "psql -h elsewhere -c 'SELECT 1'").stderr).toContain('could not translate host name "elsewhere"')
    expect(run(calm, "psql -c 'SELECT 1'").stdout).toBe(' ?column? \n----------\n        1\n(1 row)\n\n')
  })
})
