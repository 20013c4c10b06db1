import { describe, expect, it } from 'vitest'
import { latest, linesWith, rateBetween, seconds, valueAt, worldOf } from '../../testing/observe.ts'

const text = (database: string, steps: string, rest = ''): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  api:
    replicas: 1
    threads: 500
    cores: 8
    readiness: { every: 1h }
    dependencies: { db: { pool: { size: 200, acquire: 60s } } }
    endpoints: { GET /: [${steps}] }
databases:
  db: ${database}
clients:
  users: { rate: 50/s, call: api GET /, key: 'uniform(100000)' }
${rest}
`
const indexed = '{ cores: 4, tables: { t: { rows: 100k, indexes: [pk] } }, queries: { find: { table: t, index: pk, time: 1ms } } }'

describe('a query', () => {
  it('reads one row with its index and the whole table without; the new index helps when it is there, not before', () => {
    const world = worldOf(text(indexed, '{ query: db find }', 'faults: [{ at: 30s, drop-index: db, table: t, index: pk }]'), { seed: 3 })
    world.runUntil(seconds(60))
    const rows = (from: number, to: number): number => rateBetween(world, 'db_rows_examined_total', {}, from, to) / rateBetween(world, 'db_queries_total', {}, from, to)
    expect(rows(5, 29)).toBeCloseTo(1, 0)
    expect(rows(40, 59)).toBeCloseTo(100_000, -2)
    // 100,000 rows at 0.2 us and 1 ms of its own: 21 ms. 50 a second on 4 cores.
    expect(rateBetween(world, 'db_cpu_seconds_total', {}, 40, 59)).toBeCloseTo(50 * 0.021, 0)
    expect(linesWith(world, 'db', 'statement: find').length).toBe(0)
    expect(world.act({ action: 'add-index', target: 'db', table: 't', index: 'pk' })).toMatchObject({ ok: true })
    world.runUntil(seconds(62))
    expect(rows(60, 62)).toBeGreaterThan(90_000)
    world.runUntil(seconds(80))
    expect(rows(70, 79)).toBeCloseTo(1, 0)
    expect(world.act({ action: 'add-index', target: 'db', table: 'tt', index: 'pk' })).toEqual({ ok: false, error: 'db has no table "tt". Did you mean "t"?' })
  })

  it('that waits for the row that another holds waits until that one is done: one hot row serialises', () => {
    const locked = (keys: string): number => {
      const world = worldOf(text('{ cores: 16, connections: 1000, tables: { t: {} }, queries: { hit: { table: t, writes: true, locks: true, time: 40ms } } }', `{ query: db hit, key: '${keys}' }`), { seed: 3 })
      world.runUntil(seconds(100))
      return rateBetween(world, 'db_queries_total', { outcome: 'ok' }, 50, 99)
    }
    expect(locked('uniform(100000)')).toBeCloseTo(50, -1)
    expect(locked('uniform(1)')).toBeCloseTo(25, 0)
  })

  it('in a transaction keeps its lock until the transaction ends', () => {
    const world = worldOf(text('{ cores: 16, connections: 1000, tables: { t: {} }, queries: { hit: { table: t, writes: true, locks: true, time: 10ms } } }', `{ with-connection: db, do: [{ query: db hit, key: 'uniform(1)' }, { sleep: 90ms }] }`), { seed: 3 })
    world.runUntil(seconds(60))
    expect(rateBetween(world, 'db_queries_total', { outcome: 'ok' }, 20, 59)).toBeCloseTo(10, 0)
    expect(latest(world, 'db_connections', { state: 'lock' })).toBeGreaterThan(50)
  })

  it('deadlocks when two transactions take the same rows in different order, and one of them is ended', () => {
    const steps = `{ key: 'uniform(2)' }, { with-connection: db, do: [{ query: db hit }, { sleep: 20ms }, { query: db hit, key: 'uniform(2)' }] }`
    const world = worldOf(text('{ cores: 16, connections: 1000, tables: { t: {} }, queries: { hit: { table: t, writes: true, locks: true, time: 2ms } } }', steps), { seed: 3 })
    world.runUntil(seconds(60))
    expect(latest(world, 'db_queries_total', { outcome: 'deadlock' })).toBeGreaterThan(20)
    // Nobody waits for ever: what is in flight is the last second's.
    world.act({ action: 'traffic', target: 'users', factor: 0 })
    world.runUntil(seconds(400))
    expect(world.calls.count).toBe(0)
  })

  it('can be killed, and its caller is told', () => {
    const world = worldOf(text('{ cores: 4, connections: 1000, queries: { report: { time: 500s } } }', '{ query: db report }'), { seed: 3 })
    world.runUntil(seconds(3))
    expect(latest(world, 'db_connections', { state: 'active' })).toBeGreaterThan(100)
    world.act({ action: 'kill-query', target: 'db', query: 'report' })
    world.runUntil(seconds(9))
    expect(latest(world, 'db_queries_total', { outcome: 'cancelled' })).toBeGreaterThan(100)
    expect(latest(world, 'http_requests_total', { code: '500' })).toBeGreaterThan(100)
  })
})

describe('a database', () => {
  const writes = '{ cores: 4, disk: 1GB, replicas: 1, apply-rate: 30, tables: { t: { rows: 1000, row: 1MB, indexes: [pk] } }, queries: { add: { table: t, index: pk, inserts: 1, writes: true, time: 1ms } } }'
  it('fills its disk with the rows that are written, and then refuses writes until it has more', () => {
    const world = worldOf(text(writes, '{ query: db add }'), { seed: 3 })
    world.runUntil(seconds(30))
    expect(latest(world, 'db_disk_used_bytes')).toBeLessThanOrEqual(2 ** 30 + 10 * 2 ** 20)
    expect(rateBetween(world, 'db_queries_total', { outcome: 'disk-full' }, 10, 29)).toBeGreaterThan(30)
    world.act({ action: 'extend-disk', target: 'db', by: '50GB' })
    world.runUntil(seconds(170))
    expect(rateBetween(world, 'db_queries_total', { outcome: 'disk-full' }, 155, 169)).toBe(0)
  })
  it('has replicas that lag by exactly what is written and not applied', () => {
    const world = worldOf(text(writes.replace('disk: 1GB', 'disk: 900GB'), '{ query: db add }'), { seed: 3 })
    world.runUntil(seconds(100))
    const written = latest(world, 'db_queries_total', { outcome: 'ok' })
    expect(latest(world, 'db_replication_lag_seconds')).toBeCloseTo((written - 100 * 30) / 30, 0)
  })
  it('that dies is gone until somebody fails over', () => {
    const world = worldOf(text(indexed.replace('cores: 4', 'cores: 4, replicas: 1'), '{ query: db find }', 'faults: [{ at: 10s, crash: db }]'), { seed: 3 })
    world.runUntil(seconds(40))
    expect(rateBetween(world, 'http_requests_total', { code: '502' }, 15, 39)).toBeGreaterThan(40)
    world.act({ action: 'fail-over', target: 'db' })
    world.runUntil(seconds(100))
    expect(valueAt(world, 'db_up', {}, 60)).toBe(0)
    expect(rateBetween(world, 'http_requests_total', { code: '200' }, 85, 99)).toBeGreaterThan(40)
  })
  it('refuses connections beyond those that it has', () => {
    const world = worldOf(text('{ cores: 1, connections: 20, queries: { find: { time: 1s } } }', '{ query: db find }'), { seed: 3 })
    world.runUntil(seconds(10))
    expect(latest(world, 'db_queries_total', { outcome: 'too-many-connections' })).toBeGreaterThan(100)
    expect(latest(world, 'db_connections', { state: 'active' })).toBeLessThanOrEqual(20)
  })
  it('whose table is locked makes its queries wait, and lets them go together', () => {
    const world = worldOf(text(indexed.replace('cores: 4', 'cores: 4, connections: 1000'), '{ query: db find }', 'faults: [{ at: 10s, lock-table: db, table: t, time: 5s }]'), { seed: 3 })
    world.runUntil(seconds(20))
    expect(valueAt(world, 'http_server_active_requests', { service: 'api' }, 14)).toBeGreaterThan(90)
    expect(latest(world, 'http_server_active_requests', { service: 'api' })).toBeLessThan(10)
    expect(latest(world, 'http_requests_total', { code: '200' })).toBeGreaterThan(900)
  })
  it('whose planner reads the whole table is cured by new statistics', () => {
    const world = worldOf(text(indexed, '{ query: db find }', 'faults: [{ at: 10s, flip-plan: db, query: find }]'), { seed: 3 })
    world.runUntil(seconds(20))
    world.act({ action: 'analyze', target: 'db' })
    world.runUntil(seconds(60))
    expect(rateBetween(world, 'db_rows_examined_total', {}, 12, 19)).toBeGreaterThan(1e6)
    expect(rateBetween(world, 'db_rows_examined_total', {}, 45, 59)).toBeLessThan(100)
  })
})
