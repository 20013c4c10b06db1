/** What must emerge: nothing here is told to happen but the trigger. */
import { describe, expect, it } from 'vitest'
import { latest, linesWith, rateBetween, seconds, valueAt, worldOf } from './testing/observe.ts'
import type { World } from './world.ts'

const chain = `
telemetry: { scrape: 1s, traces: 0 }
services:
  gateway:
    replicas: 1
    threads: 100
    queue: 0
    readiness: { every: 1h }
    endpoints: { GET /: [{ cpu: 1ms }, { call: orders GET / }] }
  orders:
    replicas: 1
    threads: 60
    queue: 1000
    readiness: { every: 1h }
    dependencies: { db: { pool: { size: 10, acquire: 30s } } }
    endpoints: { GET /: [{ cpu: 1ms }, { query: db find }] }
databases:
  db: { cores: 16, queries: { find: { time: exp(20ms) } } }
clients:
  users: { rate: 50/s, call: gateway GET / }
faults:
  - { at: 60s, slow: db, factor: 40 }
`

/** First scraped second at which a condition on the world's series held. */
function firstSecond(until: number, holds: (second: number) => boolean): number {
  for (let second = 1; second <= until; second += 1) if (holds(second)) return second
  return Number.POSITIVE_INFINITY
}

describe('a slow dependency', () => {
  const world = worldOf(chain, { seed: 4 })
  world.runUntil(seconds(120))

  it('exhausts the pool, then the threads that wait for it, then the gateway, in that order', () => {
    const pool = firstSecond(120, (second) => valueAt(world, 'db_pool_connections', { service: 'orders', state: 'used' }, second) === 10 && second > 60)
    const threads = firstSecond(120, (second) => valueAt(world, 'http_server_threads_busy', { service: 'orders' }, second) === 60)
    const gateway = firstSecond(120, (second) => valueAt(world, 'http_server_threads_busy', { service: 'gateway' }, second) === 100)
    const failures = firstSecond(120, (second) => valueAt(world, 'http_requests_total', { service: 'gateway', code: '503' }, second) > 0)
    expect(pool).toBeGreaterThan(60)
    expect(threads).toBeGreaterThan(pool)
    expect(gateway).toBeGreaterThan(threads)
    expect(failures).toBeGreaterThanOrEqual(gateway)
    expect(failures).toBeLessThan(80)
  })
  it('does nothing of the kind before', () => {
    expect(valueAt(world, 'http_requests_total', { code: '503' }, 60)).toBe(0)
    expect(valueAt(world, 'http_server_threads_busy', { service: 'gateway' }, 59)).toBeLessThan(15)
  })
})

describe('an asynchronous service', () => {
  it('does not run out of threads; what it waits for is only memory', () => {
    const world = worldOf(chain.replace('threads: 60', 'threads: async').replace('threads: 100', 'threads: async'), { seed: 4 })
    world.runUntil(seconds(80))
    expect(latest(world, 'http_requests_total', { service: 'gateway', code: '503' })).toBe(0)
    expect(latest(world, 'http_server_active_requests', { service: 'gateway' })).toBeGreaterThan(200)
  })
})

const cached = (settings: string): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  catalog:
    threads: 400
    replicas: 1
    cores: 8
    readiness: { every: 1h }
    endpoints: { GET /: [{ cpu: 100us }, { get: products, miss: [{ query: db find }] }] }
databases:
  db: { cores: 4, connections: 1000, queries: { find: { time: exp(20ms) } } }
caches:
  products: { ttl: 60s, warm: 2000, ${settings} }
clients:
  users: { rate: 500/s, call: catalog GET /, key: 'uniform(2000)' }
`
/** Most queries in one second of the half minute around the expiry of what was warm at the start. */
function peak(world: World): number {
  const rates = Array.from({ length: 30 }, (_, index) => rateBetween(world, 'db_queries_total', {}, 50 + index, 51 + index))
  return Math.max(...rates)
}

describe('keys that expire together', () => {
  const run = (settings: string): World => {
    const world = worldOf(cached(settings), { seed: 2 })
    world.runUntil(seconds(100))
    return world
  }
  it('stampede to the database; jitter spreads them', () => {
    const together = run('jitter: 0')
    const spread = run('jitter: 80%')
    expect(rateBetween(together, 'db_queries_total', {}, 30, 59)).toBe(0)
    // 4 cores of 20 ms do 200 queries a second: it is pinned there, and requests wait.
    expect(peak(together)).toBeGreaterThan(180)
    expect(peak(spread)).toBeLessThan(100)
  })
  it('of one hot key: single flight sends one request where all went', () => {
    const hot = (singleFlight: boolean): World => {
      const world = worldOf(cached(`single-flight: ${singleFlight}`).replace('uniform(2000)', 'uniform(1)').replace('exp(20ms)', '500ms'), { seed: 2 })
      world.runUntil(seconds(70))
      return world
    }
    const herd = hot(false)
    const alone = hot(true)
    expect(latest(herd, 'cache_requests_total', { result: 'miss' })).toBeGreaterThan(200)
    expect(latest(alone, 'cache_requests_total', { result: 'miss' })).toBe(1)
    expect(latest(alone, 'db_queries_total')).toBe(1)
    expect(latest(alone, 'user_requests_total', { outcome: 'ok' })).toBeGreaterThan(0.99 * latest(alone, 'user_requests_total'))
  })
})

const storm = (retries: string, extra = ''): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  api:
    replicas: 1
    cores: 4
    threads: 64
    queue: 100000
    readiness: { every: 1h }
    memory: { request: 0B }
    endpoints: { GET /: [{ cpu: exp(10ms) }] }
clients:
  users: { rate: 300/s, call: api GET /, timeout: 1s, retries: ${retries} }
faults:
  - { at: 60s, slow: api, factor: 5, for: 20s }
${extra}
`

describe('retries', () => {
  const naive = '{ attempts: 3, backoff: none, jitter: none }'
  const good = (world: World, from: number, to: number): number => rateBetween(world, 'user_requests_total', { outcome: 'ok' }, from, to)

  it('without jitter or budget keep a storm alive long after its trigger has gone', () => {
    const world = worldOf(storm(naive), { seed: 6 })
    world.runUntil(seconds(300))
    expect(good(world, 30, 59)).toBeGreaterThan(290)
    // The service is as fast as before from 80 s on, and still nobody gets an answer in time.
    expect(good(world, 200, 299)).toBeLessThan(30)
    expect(rateBetween(world, 'user_attempts_total', {}, 200, 299)).toBeGreaterThan(900)
  })
  it('within a budget do not', () => {
    const world = worldOf(storm('{ attempts: 3, budget: 10% }').replace('queue: 100000', 'queue: 200'), { seed: 6 })
    world.runUntil(seconds(300))
    expect(good(world, 200, 299)).toBeGreaterThan(290)
  })
  it('are ended by shedding load', () => {
    const world = worldOf(storm(naive), { seed: 6 })
    world.runUntil(seconds(200))
    expect(world.act({ action: 'shed-load', target: 'api', inflight: 40, queue: '500ms' })).toMatchObject({ ok: true })
    world.runUntil(seconds(400))
    expect(good(world, 150, 199)).toBeLessThan(30)
    expect(good(world, 300, 399)).toBeGreaterThan(270)
  })
})

describe('memory', () => {
  it('that leaks is collected more and more, until the kernel kills the pod, which starts again', () => {
    const world = worldOf(
      `
telemetry: { scrape: 1s, traces: 0 }
services:
  api: { replicas: 1, cores: 4, gc: true, memory: { limit: 512MB, base: 100MB, leak: 20KB }, endpoints: { GET /: [{ cpu: exp(1ms) }] } }
clients:
  users: { rate: 100/s, call: api GET /, timeout: 10s }
`,
      { seed: 1 },
    )
    world.runUntil(seconds(400))
    const memory = (second: number): number => valueAt(world, 'process_resident_memory_bytes', {}, second)
    const pauses = (from: number, to: number): number => rateBetween(world, 'jvm_gc_pause_seconds_sum', { gc: 'full' }, from, to)
    expect(memory(150)).toBeGreaterThan(memory(30) + 100 * 2 ** 20)
    expect(pauses(20, 60)).toBe(0)
    const death = firstSecond(400, (second) => valueAt(world, 'up', { service: 'api' }, second) === 0)
    expect(death).toBeGreaterThan(100)
    expect(pauses(death - 20, death - 2)).toBeGreaterThan(0.05)
    expect(linesWith(world, 'kubelet', 'OOMKilled').length).toBeGreaterThanOrEqual(1)
    expect(memory(death + 15)).toBeLessThan(250 * 2 ** 20)
  })

  it('of requests that pile up kills a restarted pod again, as long as the backlog comes back', () => {
    const world = worldOf(
      `
telemetry: { scrape: 1s, traces: 0 }
services:
  api: { replicas: 1, cores: 2, threads: 2000, queue: 10000, start: 5s, cold-factor: 8, warm: 60s, memory: { limit: 400MB, base: 150MB, request: 1MB }, readiness: { every: 1h }, endpoints: { GET /: [{ cpu: exp(8ms) }] } }
clients:
  users: { rate: 180/s, call: api GET /, timeout: 5s, retries: { attempts: 10, backoff: constant, base: 500ms, jitter: none } }
faults:
  - { at: 60s, restart: api, at-once: true }
`,
      { seed: 1 },
    )
    world.runUntil(seconds(59))
    expect(latest(world, 'kube_pod_container_status_restarts')).toBe(0)
    expect(rateBetween(world, 'user_requests_total', { outcome: 'ok' }, 30, 59)).toBeGreaterThan(170)
    world.runUntil(seconds(300))
    expect(linesWith(world, 'kubelet', 'OOMKilled').length).toBeGreaterThanOrEqual(3)
  })
})
