import { describe, expect, it } from 'vitest'
import { complaints, latest, seconds, survivesSnapshot, worldOf } from '../../testing/observe.ts'

/** Users write a row and ask for it 500 ms later; a bulk job keeps replicas 2 s behind after each of its runs. */
const text = (database = '', by = 'by-key: true'): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  api:
    threads: 500
    endpoints:
      POST /rows: [{ query: db insert }]
      GET /row: [{ query: db find }, { if: result, then: [], else: [{ fail: 100%, as: not-found }] }]
databases:
  db: { cores: 8, connections: 500, replicas: 1, apply-rate: 1000, ${database} tables: { t: { rows: 1M } }, queries: { insert: { table: t, inserts: 1, writes: true }, find: { table: t, replica: true, ${by} }, bulk: { table: t, inserts: 2000, writes: true } } }
jobs: { bulk: { every: 10s, do: [{ query: db bulk }] } }
clients:
  users: { rate: 20/s, key: 'uniform(1M)', do: [{ call: api POST /rows }, { sleep: 500ms }, { call: api GET /row }] }
`
const lost = (world: ReturnType<typeof worldOf>): number => latest(world, 'http_requests_total', { code: '404' }) / latest(world, 'http_requests_total', { route: '/row' })
const slow = (world: ReturnType<typeof worldOf>): number => 1 - latest(world, 'http_request_duration_seconds_bucket', { route: '/rows', le: '0.5' }) / latest(world, 'http_request_duration_seconds_count', { route: '/rows' })
const run = (rest: string): ReturnType<typeof worldOf> => {
  const world = worldOf(text(rest), { seed: 3 })
  world.runUntil(seconds(300))
  return world
}

describe('a replica', () => {
  it('does not show what it has not applied: behind by more than 500 ms for 1.5 of every 10 seconds', () => {
    const world = run('')
    expect(lost(world)).toBeGreaterThan(0.13)
    expect(lost(world)).toBeLessThan(0.17)
    expect(slow(world)).toBeLessThan(0.01)
  })
  it('that has a change on its disk does not show it yet', () => {
    const world = run('synchronous-commit: on,')
    expect(lost(world)).toBeGreaterThan(0.13)
    expect(slow(world)).toBeLessThan(0.01)
  })
  it('shows everything when writers wait until it does, and then writers wait', () => {
    const world = run('synchronous-commit: remote-apply,')
    expect(lost(world)).toBe(0)
    expect(slow(world)).toBeGreaterThan(0.1)
  })
  it('can be told so while it runs, and goes on from a copy', () => {
    const world = worldOf(text(), { seed: 3 })
    world.runUntil(seconds(60))
    const before = latest(world, 'http_requests_total', { code: '404' })
    expect(world.act({ action: 'synchronous-commit', target: 'db', level: 'remote-apply' }).ok).toBe(true)
    world.runUntil(seconds(120))
    expect(latest(world, 'http_requests_total', { code: '404' }) - before).toBeLessThan(50)
    expect(survivesSnapshot(text('synchronous-commit: remote-apply,'), seconds(11), seconds(30), { seed: 3 })).toBe(true)
    expect(survivesSnapshot(text(), seconds(11), seconds(30), { seed: 3 })).toBe(true)
  })
  it('is the only one that can come too early', () => {
    expect(complaints(text('', 'by-key: true').replace('replica: true, ', '')).join()).toContain('Only a query with replica: true')
  })
})
