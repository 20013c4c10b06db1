/** Little's law on every queue of topologies that nobody has looked at, and that nothing is ever lost. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { none } from './calls.ts'
import type { Database } from './parts/database/database.ts'
import type { Service } from './parts/service/service.ts'
import { latest, seconds, worldOf } from './testing/observe.ts'
import type { World } from './world.ts'

interface Shape {
  readonly services: readonly { readonly cores: number; readonly threads: number; readonly replicas: number; readonly cpu: string; readonly kind: number; readonly queryMs: number; readonly pool: number }[]
  readonly rate: number
  readonly latency: boolean
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  services: fc.array(
    fc.record({
      cores: fc.integer({ min: 1, max: 4 }),
      threads: fc.integer({ min: 4, max: 60 }),
      replicas: fc.integer({ min: 1, max: 3 }),
      cpu: fc.constantFrom('exp(2ms)', '3ms', 'lognormal(p50 1ms, p99 20ms)', 'gamma(4ms, cv 0.5)'),
      kind: fc.integer({ min: 0, max: 4 }),
      queryMs: fc.integer({ min: 1, max: 8 }),
      pool: fc.integer({ min: 2, max: 20 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  rate: fc.integer({ min: 20, max: 120 }),
  latency: fc.boolean(),
})

/** A chain of services, each of which also asks the database in a way of its own. */
function topology({ services, rate, latency }: Shape): string {
  const blocks = services.map(({ cores, threads, replicas, cpu, kind, queryMs, pool }, index) => {
    const next = index + 1 < services.length ? [`{ call: s${index + 1} GET /, timeout: 2s, retries: 1, optional: true }`] : []
    const own = [
      [`{ query: db q${index} }`],
      [`{ chance: 30%, then: [{ query: db q${index} }], else: [{ cpu: 1ms }] }`],
      [`{ with-connection: db, do: [{ query: db q${index} }, { query: db q${index} }] }`],
      [`{ get: cache, miss: [{ query: db q${index} }] }`],
      [],
    ][kind]
    const both = [...next, ...(own ?? [])]
    const steps = kind === 4 && next.length > 0 ? [`{ parallel: [${next[0]}, { query: db q${index} }] }`] : both
    return { service: `  s${index}: { cancel: ${pool % 2 === 0}, cores: ${cores}, threads: ${threads}, queue: 50, replicas: ${replicas}, readiness: { every: 1h }, dependencies: { db: { pool: { size: ${pool}, acquire: 1s } } }, endpoints: { GET /: [{ cpu: '${cpu}' }, ${steps.join(', ')}] } }`, query: `q${index}: { time: exp(${queryMs}ms) }` }
  })
  return `
telemetry: { scrape: 1s, traces: 0 }
services:
${blocks.map(({ service }) => service).join('\n')}
databases:
  db: { cores: 3, queries: { ${blocks.map(({ query }) => query).join(', ')} } }
caches:
  cache: { ttl: 5s, single-flight: true }
clients:
  users: { rate: ${rate}/s, ${latency ? 'patience: 400ms, do: [{ parallel: [{ call: s0 GET /, timeout: 300ms, hedge: 100ms }, [{ sleep: exp(100ms) }, { call: s0 GET /, retries: 2 }]] }]' : 'call: s0 GET /, timeout: 3s'}, key: 'zipf(500, 1.0)' }
${latency ? 'links:\n  net: { latency: exp(400us), loss: 0.1% }' : ''}
`
}

/** Runs in small steps and returns the mean number in each station over time. */
function meanNumbers(world: World, untilSeconds: number): Map<string, number> {
  const sums = new Map<string, number>()
  const stepUs = 20_000
  let samples = 0
  for (let us = stepUs; us <= seconds(untilSeconds); us += stepUs) {
    world.runUntil(us)
    samples += 1
    for (const part of world.parts) {
      const kind = world.kindOf(part.index)
      const number = kind === 'service' ? (part as Service).replicas.reduce((sum, { inFlight }) => sum + inFlight, 0) : kind === 'database' ? (part as Database).live.length : -1
      if (number >= 0) sums.set(part.name, (sums.get(part.name) ?? 0) + number)
    }
  }
  return new Map([...sums].map(([name, sum]) => [name, sum / samples]))
}

describe('any topology', () => {
  it("obeys Little's law at every part, and every request ends exactly once", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 1e6 }), (shape, seed) => {
        const world = worldOf(topology(shape), { seed })
        const span = 60
        for (const [name, mean] of meanNumbers(world, span)) {
          const histogram = world.kindOf(world.part(name)?.index ?? none) === 'service' ? 'http_request_duration_seconds' : 'db_query_duration_seconds'
          // The mean number over time equals arrivals a second times their mean time: the sum of all times over the time.
          const byTimes = latest(world, `${histogram}_sum`, { service: name }) / span
          const edge = 0.05 + 0.03 * mean
          expect(Math.abs(mean - byTimes), `${name}: ${mean} in it on average, ${byTimes} by times`).toBeLessThanOrEqual(edge + (latest(world, 'http_server_active_requests', { service: name }) + mean) * (3 / span))
        }
        world.act({ action: 'traffic', target: 'users', factor: 0 })
        world.runUntil(seconds(span + 200))
        expect(world.calls.count).toBe(0)
        expect(latest(world, 'user_requests_total')).toBe(latest(world, 'user_request_duration_seconds_count'))
        for (const part of world.parts) {
          if (world.kindOf(part.index) !== 'service') continue
          for (const [index, replica] of (part as Service).replicas.entries()) {
            expect({ inFlight: replica.inFlight, threads: replica.threadsBusy, cores: replica.coresBusy, queue: replica.queue.length, runnable: replica.runnable.length, live: replica.live }).toEqual({ inFlight: 0, threads: 0, cores: 0, queue: 0, runnable: 0, live: none })
            for (const gate of (part as Service).gatesOf(index)) expect([gate.inFlight, gate.pool?.busy ?? 0, gate.pool?.waiting.length ?? 0]).toEqual([0, 0, 0])
          }
        }
      }),
      { numRuns: 8, seed: 42 },
    )
  })
})

describe('faults and actions of all kinds', () => {
  const faults = ['crash: s0', 'crash: db', 'slow: db, factor: 30, for: 10s', 'crash: cache, time: 5s', 'partition: net, for: 8s', 'restart: s0, at-once: true', 'deploy: s0, version: v2, errors: 10%', 'scale: s0, replicas: 1', 'pause: s0, time: 3s', 'lock-table: db, table: t, time: 4s', 'errors: db, share: 50%, for: 5s', 'configure: db, connections: 3', 'leak-connections: s0, dependency: db, share: 5%', 'loss: net, share: 20%, for: 9s']
  it('lose no request and leave nothing behind', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.record({ what: fc.constantFrom(...faults), at: fc.integer({ min: 1, max: 40 }) }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 1e6 }), (shape, struck, seed) => {
        const text = topology({ ...shape, latency: true }).replace('db: { cores: 3,', 'db: { cores: 3, auto-failover: true, tables: { t: {} },')
        // Leaks need a pool that is really used.
        const used = struck.filter(({ what }) => !what.startsWith('leak') || /s0:.*query: db/.test(text))
        const world = worldOf(`${text}\nfaults:\n${used.map(({ what, at }) => `  - { at: ${at}s, ${what} }`).join('\n')}`, { seed })
        world.runUntil(seconds(50))
        world.act({ action: 'traffic', target: 'users', factor: 0 })
        world.runUntil(seconds(1200))
        const probes = world.parts.filter((part) => world.kindOf(part.index) === 'service').length
        expect(world.calls.count).toBeLessThanOrEqual(probes * 3)
        expect(latest(world, 'user_requests_total')).toBe(latest(world, 'user_request_duration_seconds_count'))
      }),
      { numRuns: 8, seed: 43 },
    )
  })
  it('go on from a snapshot, at any moment, as they would have', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.record({ what: fc.constantFrom(...faults), at: fc.integer({ min: 1, max: 15 }) }), { maxLength: 4 }), fc.integer({ min: 1, max: 18_000_000 }), (shape, struck, cutUs) => {
        const text = topology({ ...shape, latency: true }).replace('db: { cores: 3,', 'db: { cores: 3, auto-failover: true, tables: { t: {} },')
        const used = struck.filter(({ what }) => !what.startsWith('leak') || /s0:.*query: db/.test(text))
        const whole = `${text}\nfaults:\n${used.map(({ what, at }) => `  - { at: ${at}s, ${what} }`).join('\n')}`
        const straight = worldOf(whole, { seed: 9 })
        straight.runUntil(cutUs)
        const other = worldOf(whole, { seed: 9 })
        other.load(structuredClone(straight.save()))
        for (const world of [straight, other]) world.runUntil(seconds(22))
        expect(other.fingerprint()).toBe(straight.fingerprint())
      }),
      { numRuns: 8, seed: 44 },
    )
  })
})
