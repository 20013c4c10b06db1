import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { Name } from './name.ts'

const second = 1_000_000

const shop = ({ ttl = '60s', name = '', resolver = '', faults = '' } = {}): string => `
resolvers:
  coredns: { latency: 2ms${resolver} }
names:
  orders-db: { resolver: coredns, target: { db-a: 1, db-b: 0 }, ttl: ${ttl}${name} }
services:
  web:
    replicas: 3
    dependencies: { orders-db: { timeout: 3s } }
    endpoints:
      GET /: [ { cpu: 1ms }, { call: orders-db read } ]
externals:
  db-a: { latency: 5ms }
  db-b: { latency: 5ms }
clients:
  shoppers: { rate: 30/s, call: web GET / }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

const outcome = (world: World, word: string): number => newest(world, 'client_requests_total', { job: 'web', outcome: word })
const failures = (world: World): number => newest(world, 'user_requests_total') - newest(world, 'user_requests_total', { outcome: 'ok' })

describe('names in DNS', () => {
  it('cost a timeout for each lookup that is lost, and nothing for the others', () => {
    const world = worldOf(shop({ name: ', caching: { web: none }', faults: '{ at: 10s, drop-lookups: coredns, share: 14% }' }).replace('timeout: 3s', 'timeout: 20s'))
    world.runUntil(600 * second)
    const calls = newest(world, 'client_requests_total', { job: 'web' })
    const within = newest(world, 'client_request_duration_seconds_bucket', { job: 'web', le: '0.025' })
    expect(within / calls).toBeCloseTo(0.86, 1)
    expect(newest(world, 'client_request_duration_seconds_sum', { job: 'web' }) / calls).toBeCloseTo(0.14 * 5 + 0.14 * 0.14 * 5, 1)
  })

  it('are looked up once for each process and TTL', () => {
    const world = worldOf(shop())
    world.runUntil(590 * second)
    const lookups = newest(world, 'coredns_dns_requests_total')
    // Three processes, ten times, and now and then two requests at once.
    expect(lookups).toBeGreaterThanOrEqual(30)
    expect(lookups).toBeLessThan(40)
    expect(failures(world)).toBe(0)
  })

  it('let a change be seen only when the answers that processes keep are too old', () => {
    const text = shop({ ttl: '5m', faults: '{ at: 60s, down: db-a }' })
    const world = worldOf(text)
    world.runUntil(70 * second)
    expect(world.act({ action: 'change-dns', target: 'orders-db', to: 'db-b' })).toMatchObject({ ok: true })
    world.runUntil(290 * second)
    const stillFailing = outcome(world, 'refused')
    expect(stillFailing).toBeGreaterThan(6000)
    world.runUntil(310 * second)
    const settled = outcome(world, 'refused')
    world.runUntil(400 * second)
    expect(outcome(world, 'refused')).toBe(settled)
  })

  it('are forgotten by a flush or a restart, but not by those who keep answers for ever', () => {
    const run = (then: (world: World) => void): number => {
      const world = worldOf(shop({ name: ', caching: { web: forever }', faults: '{ at: 60s, down: db-a }' }))
      world.runUntil(70 * second)
      world.act({ action: 'change-dns', target: 'orders-db', to: 'db-b' })
      world.runUntil(110 * second)
      then(world)
      world.runUntil(240 * second)
      const before = outcome(world, 'refused')
      world.runUntil(300 * second)
      return outcome(world, 'refused') - before
    }
    expect(run(() => {})).toBeGreaterThan(1500)
    expect(run((world) => world.act({ action: 'flush-dns', target: 'orders-db', client: 'web' }))).toBe(0)
    expect(run((world) => world.act({ action: 'restart', target: 'web' }))).toBe(0)
  })

  it('fail requests when the resolver fails and nothing is kept any more', () => {
    const text = shop({ ttl: '30s', faults: '{ at: 60s, servfail: coredns, share: 100%, for: 120s }' })
    const world = worldOf(text)
    world.runUntil(300 * second)
    expect(outcome(world, 'name-not-resolved')).toBeGreaterThan(2000)
    expect(newest(world, 'coredns_dns_responses_total', { rcode: 'SERVFAIL' })).toBeGreaterThan(2000)
    expect(linesWith(world, 'coredns')[0]).toContain('plugin/errors: 2 orders-db. A')
    expect(linesWith(world, 'web').some((line) => line.includes('cannot resolve orders-db'))).toBe(true)
    const stale = worldOf(text.replace('ttl: 30s', 'ttl: 30s, serve-stale: true'))
    stale.runUntil(300 * second)
    expect(failures(stale)).toBe(0)
  })

  it('take five seconds when a question is lost', () => {
    const world = worldOf(shop({ ttl: '1s', faults: '{ at: 0s, drop-lookups: coredns, share: 20% }' }).replace('timeout: 3s', 'timeout: 20s'))
    world.runUntil(300 * second)
    const all = newest(world, 'client_request_duration_seconds_count', { job: 'web' })
    const quick = newest(world, 'client_request_duration_seconds_bucket', { job: 'web', le: '2.5' })
    const within = newest(world, 'client_request_duration_seconds_bucket', { job: 'web', le: '10.0' })
    expect(all - quick).toBeGreaterThan(50)
    expect(within - quick).toBeGreaterThan(0.8 * (all - quick))
  })

  it('overload a resolver when clients keep nothing', () => {
    const resolver = ', workers: 1, timeout: 5s'
    const kept = worldOf(shop({ resolver }))
    const asked = worldOf(shop({ resolver, name: ', caching: { web: none }', faults: '{ at: 0s, slow: coredns, factor: 20 }' }))
    for (const world of [kept, asked]) world.runUntil(120 * second)
    expect(failures(kept)).toBe(0)
    expect(failures(asked)).toBeGreaterThan(500)
  })

  it('tell what they stand for, and what processes keep', () => {
    const world = worldOf(shop())
    world.runUntil(10 * second)
    const name = world.part('orders-db')
    if (!(name instanceof Name)) throw new TypeError('orders-db should be a name')
    expect(name.records()).toEqual([{ target: 'db-a', weight: 1, ttlSeconds: 60 }])
    expect(name.keptBy('web').map(({ target }) => target)).toEqual(['db-a', 'db-a', 'db-a'])
    expect(name.keptBy('web').every(({ secondsLeft }) => secondsLeft > 45 && secondsLeft < 60)).toBe(true)
  })

  it('are the same after a snapshot', () => {
    expect(survivesSnapshot(shop({ ttl: '7s', faults: '{ at: 20s, drop-lookups: coredns, share: 30% }' }), 60_123_456, 120 * second)).toBe(true)
  })

  it('complain with a line', () => {
    expect(complaints(shop().replace('resolver: coredns', 'resolver: corends'))).toEqual(['5: There is no resolver "corends"; add it under resolvers.'])
    expect(complaints(shop({ faults: '{ at: 1s, change-dns: orders-db, to: db-c }' }))).toEqual([])
    expect(complaints(shop().replace('call: orders-db read', 'call: orders-dbs read'))[0]).toContain('Did you mean "orders-db"')
  })
})
