/** All kinds of infrastructure in one world: nothing crashes, whatever happens and whatever is done, and it can be repeated. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latest, seconds, worldOf } from '../testing/observe.ts'
import type { World } from '../world.ts'

const world = (faults: readonly string[] = []): string => `
telemetry: { scrape: 10s, traces: 5% }
networks:
  backbone:
    zones: { eu-1a: { region: eu, parts: [shoppers, db-a] }, eu-1b: { region: eu }, us-1a: { region: us, parts: [db-b] } }
    paths: [ { between: [eu-1a, eu-1b], bandwidth: 50MB } ]
resolvers: { coredns: {} }
names: { orders-db: { resolver: coredns, target: { db-a: 1, db-b: 0 }, ttl: 10s } }
certificates: { payments-tls: { of: payments, connections: 20s, reload: restart } }
clocks:
  node-b: { of: web, replicas: [1], drift: 20 }
  store-b: { of: profiles, replicas: [1] }
tokens: { sessions: { issuer: payments } }
nodes:
  node-1: { runs: [web, payments], evict: 20s, notice: 5s, disk: { size: 10GB, used: 9GB, logs: { web: 2KB }, blocks: [profiles write] } }
  node-2: { runs: [web, payments], evict: 20s, notice: 5s }
autoscalers: { web-hpa: { of: web, min: 2, max: 8, stabilise-down: 20s } }
lock-services: { locks: { lease: 5s, acquire: 3s } }
replicated-stores: { ledger: { quorum: false, commit: leader } }
register-stores: { profiles: {} }
limiters: { edge: { rate: 40/s, by: sliding-window, window: 10s } }
services:
  web:
    replicas: 4
    cores: 1
    start: 3s
    zones: [eu-1a, eu-1b]
    dependencies:
      orders-db: { timeout: 1s, retries: 1, keep-alive: false }
      payments: { timeout: 2s, breaker: true }
    endpoints:
      GET /:
        - { limit: edge }
        - { verify-token: sessions }
        - { cpu: exp(5ms) }
        - { write-disk: node-1, bytes: 1KB }
        - { call: orders-db find }
        - parallel: [ { call: payments POST /pay }, { call: profiles write, timeout: 1s } ]
  payments:
    replicas: 2
    start: 3s
    zones: [eu-1a, eu-1b]
    endpoints:
      POST /pay:
        - with-lock: locks
          do: [ { cpu: exp(10ms) }, { call: ledger write, timeout: 1s }, { protected-write: locks } ]
externals: { db-a: { latency: 5ms }, db-b: { latency: 5ms } }
clients:
  shoppers: { rate: 25/s, call: web GET /, key: uniform(20), patience: 8s }
${faults.length === 0 ? '' : `faults:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`}`

const faults = [
  'loss: backbone, zone: eu-1b, share: 20%', 'partition: backbone, between: [eu-1a, eu-1b]', 'partition: backbone, zone: us-1a', 'delay: backbone, between: [eu, us], extra: 50ms', 'congestion: backbone, between: [eu-1a, eu-1b], share: 99%',
  'slow: coredns, factor: 500', 'servfail: coredns, share: 50%', 'drop-lookups: coredns, share: 30%', 'change-dns: orders-db, to: db-b', 'lose-record: orders-db',
  'expire: payments-tls, in: 2s', 'break-chain: payments-tls', 'wrong-name: payments-tls', 'skew: node-b, offset: 10m', 'skew: store-b, offset: -3s', 'drift: store-b, ppm: 5000', 'ntp-step: node-b, offset: -1h',
  'partition: ledger, away: [a], clients: 30%', 'crash: ledger, node: b', 'pause: ledger, node: a, time: 6s', 'down: locks', 'pause: payments, time: 7s, pods: 1', 'crash: payments, pods: 1', 'lose-metrics: web-hpa',
  'lose-node: node-1', 'noisy-neighbour: node-2, steal: 70%', 'fill-disk: node-1, to: 100%', 'fill-disk: node-2, growth: 1GB', 'traffic: shoppers, factor: 3', 'set-rate: edge, rate: 5/s', 'deploy: web, version: v2',
]

const actions = [
  { action: 'shift-traffic', target: 'backbone', zone: 'eu-1b' }, { action: 'restart', target: 'coredns' }, { action: 'change-dns', target: 'orders-db', to: 'db-a', ttl: '1s' }, { action: 'flush-dns', target: 'orders-db' },
  { action: 'restore-record', target: 'orders-db' }, { action: 'renew-certificate', target: 'payments-tls' }, { action: 'pin-clocks', target: 'node-b' }, { action: 'pin-clocks', target: 'store-b', slew: true }, { action: 'set-leeway', target: 'sessions', leeway: '5m' },
  { action: 'fail-over', target: 'ledger', node: 'c' }, { action: 'fence-leader', target: 'ledger', node: 'a' }, { action: 'restart-node', target: 'ledger', node: 'b' }, { action: 'break-locks', target: 'locks' }, { action: 'set-lease', target: 'locks', lease: '20s' },
  { action: 'set-fencing', target: 'locks', on: true }, { action: 'configure', target: 'web-hpa', max: 4 }, { action: 'suspend', target: 'web-hpa' }, { action: 'free-disk', target: 'node-1' }, { action: 'grow-disk', target: 'node-1', to: '50GB' },
  { action: 'drain-node', target: 'node-1' }, { action: 'uncordon-node', target: 'node-1' }, { action: 'order-by', target: 'profiles', order: 'hybrid' }, { action: 'limit-per', target: 'edge', per: 'key' }, { action: 'scale', target: 'web', replicas: 6 },
  { action: 'restart', target: 'payments' }, { action: 'rollback', target: 'web' }, { action: 'configure', target: 'web', dependency: 'orders-db', 'keep-alive': true },
]

/** Runs with actions at their times, in seconds; goes through a snapshot at 40 s when asked to. */
function play(text: string, acts: readonly (readonly [number, number])[], seed: number, isSaved: boolean): World {
  let played = worldOf(text, { seed })
  const steps = [...acts.map(([at, act]) => [at, act] as const), [40, -1] as const].toSorted((left, right) => left[0] - right[0])
  for (const [at, act] of steps) {
    played.runUntil(seconds(at))
    if (act >= 0) played.act(actions[act] ?? { action: '', target: '' })
    else if (isSaved) {
      const other = worldOf(text, { seed })
      other.load(structuredClone(played.save()))
      played = other
    }
  }
  played.runUntil(seconds(150))
  return played
}

describe('infrastructure together', () => {
  it('serves users while nothing is wrong', () => {
    const calm = worldOf(world())
    calm.runUntil(seconds(120))
    expect(latest(calm, 'user_requests_total', { outcome: 'ok' })).toBe(latest(calm, 'user_requests_total'))
    expect(latest(calm, 'user_requests_total')).toBeGreaterThan(2500)
  })

  it('survives whatever happens and whatever is done, answers or loses every request, and can be repeated', () => {
    const timed = fc.record({ at: fc.integer({ min: 5, max: 90 }), fault: fc.integer({ min: 0, max: faults.length - 1 }), lasts: fc.option(fc.integer({ min: 1, max: 40 })) })
    const acting = fc.tuple(fc.integer({ min: 6, max: 100 }), fc.integer({ min: 0, max: actions.length - 1 }))
    fc.assert(
      fc.property(fc.array(timed, { minLength: 1, maxLength: 6 }), fc.array(acting, { maxLength: 6 }), fc.integer({ min: 1, max: 1000 }), (happens, acts, seed) => {
        const text = world(happens.map(({ at, fault, lasts }) => `{ at: ${at}s, ${faults[fault] ?? ''}${lasts === null ? '' : `, for: ${lasts}s`} }`))
        const straight = play(text, acts, seed, false)
        expect(play(text, acts, seed, true).fingerprint()).toBe(straight.fingerprint())
        // Users leave after eight seconds, so calls in flight are those that no callee has ended: not more than some seconds' worth a part.
        expect(straight.calls.count).toBeLessThan(4000)
        expect(latest(straight, 'user_requests_total')).toBeGreaterThan(3000)
      }),
      { numRuns: 6, seed: 20260303 },
    )
  }, 120_000)
})
