import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latest, rateBetween, seconds, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import { Entries } from './entries.ts'

const text = (cache: string, rest = ''): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  api: { replicas: 1, memory: { request: 0B }, threads: 1000, cores: 8, readiness: { every: 1h }, endpoints: { GET /: [{ get: cache, miss: [{ query: db find }] }] } }
databases:
  db: { cores: 16, connections: 5000, queries: { find: { time: exp(10ms) } } }
caches:
  cache: ${cache}
clients:
  users: { rate: 400/s, call: api GET /, key: 'uniform(1000)' }
${rest}
`

describe('a cache', () => {
  it('misses each key once in its time to live', () => {
    const world = worldOf(text('{ ttl: 10s, jitter: 50% }'), { seed: 2 })
    world.runUntil(seconds(200))
    // Keys live 7.5 s on average, and are asked for every 2.5 s: one miss in 10 s each.
    expect(rateBetween(world, 'cache_requests_total', { result: 'miss' }, 100, 199)).toBeCloseTo(100, -1)
    expect(rateBetween(world, 'db_queries_total', {}, 100, 199)).toBeCloseTo(rateBetween(world, 'cache_requests_total', { result: 'miss' }, 100, 199), 0)
  })
  it('that is too small throws away what was not used for longest', () => {
    const world = worldOf(text('{ size: 250, ttl: 1h }'), { seed: 2 })
    world.runUntil(seconds(60))
    expect(latest(world, 'cache_entries')).toBe(250)
    const hits = rateBetween(world, 'cache_requests_total', { result: 'hit' }, 20, 59)
    expect(hits / 400).toBeCloseTo(0.25, 1)
  })
  it('that is flushed sends everybody to the database; that is gone, all the time', () => {
    const world = worldOf(text('{ ttl: 1h, warm: 1000 }', 'faults: [{ at: 20s, flush: cache }, { at: 60s, crash: cache, time: 10s }]'), { seed: 2 })
    world.runUntil(seconds(100))
    const queries = (from: number, to: number): number => rateBetween(world, 'db_queries_total', {}, from, to)
    expect(queries(5, 19)).toBe(0)
    expect(queries(20, 21)).toBeGreaterThan(250)
    expect(queries(50, 59)).toBeLessThan(20)
    expect(queries(61, 69)).toBeGreaterThan(350)
    expect(latest(world, 'user_requests_total', { outcome: 'ok' })).toBeGreaterThan(0.99 * latest(world, 'user_requests_total'))
    world.act({ action: 'flush', target: 'cache' })
    world.act({ action: 'warm', target: 'cache', keys: 1000 })
    world.runUntil(seconds(140))
    expect(queries(125, 139)).toBe(0)
  })
  it('has one thread for each shard, which a hot key fills', () => {
    const hot = (keys: string): number => {
      const world = worldOf(text("{ shards: 4, work: 4ms, ttl: 1h, warm: 1000 }").replace('uniform(1000)', keys), { seed: 2 })
      world.runUntil(seconds(60))
      return rateBetween(world, 'cache_requests_total', { result: 'hit' }, 30, 59)
    }
    expect(hot('uniform(1000)')).toBeCloseTo(400, -1)
    expect(hot('uniform(1)')).toBeCloseTo(250, -1)
  })
  it('moves a hot key to another shard when there are more of them, and loses what moves', () => {
    const world = worldOf(text("{ shards: 4, work: 4ms, ttl: 1h, warm: 1000 }").replace('uniform(1000)', 'hot(1000, 80%)'), { seed: 2 })
    world.runUntil(seconds(30))
    const busiest = (from: number, to: number): number => Math.max(...[0, 1, 2, 3, 4].map((shard) => rateBetween(world, 'cache_shard_cpu_seconds_total', { shard: String(shard) }, from, to)))
    expect(busiest(10, 29)).toBeCloseTo(1, 1)
    world.act({ action: 'configure', target: 'cache', shards: 5 })
    world.runUntil(seconds(120))
    expect(busiest(100, 119)).toBeCloseTo(1, 1)
    // key % 4 and key % 5 agree for 4 of 20 keys.
    expect(latest(world, 'cache_requests_total', { result: 'miss' })).toBeGreaterThan(700)
  })
  it('in the memory of pods is asked once by each of them, however many keys ask', () => {
    const world = worldOf(text("{ in-process: true, ttl: 10s, single-flight: true }").replace('uniform(1000)', 'uniform(1)').replace('replicas: 1', 'replicas: 3'), { seed: 2 })
    world.runUntil(seconds(100))
    expect(latest(world, 'db_queries_total')).toBeCloseTo(30, -1)
    expect(survivesSnapshot(text("{ in-process: true, ttl: 10s, shards: 3 }"), seconds(15), seconds(30), { seed: 2 })).toBe(true)
  })
  it('hands a fill on when the one who fills fails', () => {
    const world = worldOf(text('{ ttl: 1h, single-flight: true }', 'faults: [{ at: 1s, errors: db, share: 80% }]').replace('uniform(1000)', 'uniform(1)').replace('exp(10ms)', '100ms'), { seed: 2 })
    world.runUntil(seconds(30))
    expect(latest(world, 'db_queries_total', { outcome: 'ok' })).toBe(1)
    world.act({ action: 'traffic', target: 'users', factor: 0 })
    world.runUntil(seconds(90))
    expect(world.calls.count).toBe(0)
  })
})

describe('entries', () => {
  it('are those of a map in order of use', () => {
    const step = fc.record({ what: fc.constantFrom('set', 'use', 'delete', 'evict', 'reload'), key: fc.nat(12) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let entries = new Entries()
        const model = new Map<number, number>()
        for (const [index, { what, key }] of steps.entries()) {
          if (what === 'set') {
            entries.set(key, index)
            model.delete(key)
            model.set(key, index)
          } else if (what === 'use') {
            const expected = model.get(key) ?? -1
            if (expected >= 0) {
              model.delete(key)
              model.set(key, expected)
            }
            expect(entries.use(key)).toBe(expected)
          } else if (what === 'delete') {
            entries.delete(key)
            model.delete(key)
          } else if (what === 'evict') {
            entries.evict()
            const [oldest] = model.keys()
            if (oldest !== undefined) model.delete(oldest)
          } else {
            const state = structuredClone(entries.save())
            entries = new Entries()
            entries.load(state)
          }
          expect(entries.size).toBe(model.size)
        }
      }),
    )
  })
})
