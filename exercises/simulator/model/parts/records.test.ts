import { describe, expect, it } from 'vitest'
import { complaints, latest, seconds, survivesSnapshot, worldOf } from '../testing/observe.ts'

/** Ten profiles, read often and edited now and then; `edit` is the order of an edit. */
const profiles = (edit: string): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  app:
    replicas: 1
    threads: async
    memory: { request: 0B }
    endpoints:
      GET /: [{ get: cache, miss: [{ query: db read }, { see: rows }] }]
      PUT /: [${edit}]
databases:
  db: { cores: 16, queries: { read: { time: 1ms }, write: { time: 50ms, writes: true } } }
caches:
  cache: { ttl: 1h }
records:
  rows: { audit: true }
clients:
  readers: { rate: 100/s, call: app GET /, key: 'uniform(10)' }
  editors: { rate: 2/s, key: 'uniform(10)', do: [{ call: app PUT / }, { sleep: 3s }, { call: app GET / }, { compare: rows }] }
`
const outdated = (edit: string): number => {
  const world = worldOf(profiles(edit), { seed: 3 })
  world.runUntil(seconds(300))
  return latest(world, 'record_views_total', { result: 'outdated' }) / latest(world, 'record_views_total')
}

/** Withdrawals from two accounts; `work` is how one is done. */
const accounts = (work: string): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  app:
    replicas: 1
    dependencies: { db: { pool: 50 } }
    endpoints: { POST /: [${work}] }
databases:
  db: { cores: 16, tables: { rows: {} }, queries: { read: { time: 5ms }, lock: { time: 5ms, table: rows, locks: true }, write: { time: 5ms, writes: true } } }
records:
  balances: {}
clients:
  people: { rate: 20/s, key: 'uniform(2)', call: app POST / }
`
const changes = (work: string, result?: string): number => {
  const world = worldOf(accounts(work), { seed: 3 })
  world.runUntil(seconds(200))
  return latest(world, 'reconciliation_changes_total', result === undefined ? {} : { result })
}

describe('records', () => {
  it('are outdated in a cache from which nobody deletes', () => {
    expect(outdated('{ query: db write }, { change: rows }')).toBeGreaterThan(0.9)
  })
  it('are never outdated for long where the key goes after the commit', () => {
    expect(outdated('{ query: db write }, { change: rows }, { delete: cache }')).toBeLessThan(0.02)
  })
  it('are cached anew by whoever reads between a delete and the commit', () => {
    // Ten readers a second of each key: one within 50 ms with probability 1 - exp(-0.5).
    expect(outdated('{ delete: cache }, { query: db write }, { change: rows }')).toBeCloseTo(1 - Math.exp(-0.5), 1)
  })
  it('lose changes that are worked out from an outdated view, and only those', () => {
    expect(changes('{ query: db write }, { change: balances }', 'overwrote')).toBe(0)
    const share = changes('{ query: db read }, { see: balances }, { query: db write }, { change: balances, from: view }', 'overwrote') / changes('{ query: db read }, { see: balances }, { query: db write }, { change: balances, from: view }')
    // Another change of the same account commits in the 5 ms between the view and the commit of this one, at 10 a second.
    expect(share).toBeCloseTo(1 - Math.exp(-0.05), 1)
    expect(share).toBeGreaterThan(0.03)
    expect(changes('{ with-connection: db, do: [{ query: db lock }, { see: balances }, { query: db write }, { change: balances, from: view }] }', 'overwrote')).toBe(0)
  })
  it('are refused instead where the version is checked', () => {
    const world = worldOf(accounts('{ query: db read }, { see: balances }, { query: db write }, { change: balances, from: view, check: true }'), { seed: 3 })
    world.runUntil(seconds(200))
    expect(latest(world, 'reconciliation_changes_total', { result: 'overwrote' })).toBe(0)
    expect(latest(world, 'user_requests_total', { outcome: 'conflict' })).toBeGreaterThan(50)
  })
  it('go on from a snapshot as if there had been none', () => {
    expect(survivesSnapshot(profiles('{ delete: cache }, { query: db write }, { change: rows }'), 33_456_789, seconds(60))).toBe(true)
  })
  it('are named by their steps', () => {
    expect(complaints(profiles('{ change: cache }'))[0]).toContain('"cache" is not under records')
  })
})
