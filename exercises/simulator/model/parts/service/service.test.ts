import { describe, expect, it } from 'vitest'
import type { Service } from './service.ts'
import { latest, linesWith, rateBetween, seconds, valueAt, worldOf } from '../../testing/observe.ts'

const api = (settings: string, steps = '{ cpu: exp(5ms) }', rest = ''): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  api: { ${settings}, endpoints: { GET /: [${steps}] } }
clients:
  users: { rate: 100/s, call: api GET /, timeout: 5s }
${rest}
`

describe('a deploy', () => {
  it('runs other steps where the program asks for the version, until it is rolled back', () => {
    const world = worldOf(api('replicas: 3, start: 2s', '{ if: version v2, then: [{ sleep: 100ms }], else: [{ cpu: 1ms }] }', 'faults: [{ at: 20s, deploy: api, version: v2 }]'))
    const mean = (from: number, to: number): number => rateBetween(world, 'http_request_duration_seconds_sum', {}, from, to) / rateBetween(world, 'http_request_duration_seconds_count', {}, from, to)
    world.runUntil(seconds(120))
    world.act({ action: 'rollback', target: 'api' })
    world.runUntil(seconds(240))
    expect(mean(5, 19)).toBeLessThan(0.003)
    expect(mean(100, 119)).toBeCloseTo(0.1, 2)
    expect(mean(220, 239)).toBeLessThan(0.003)
  })
  const text = api('replicas: 3, start: 10s', undefined, 'faults: [{ at: 20s, deploy: api, version: v2, errors: 40%, by: dana }]')
  it('replaces pods one after the other, is seen in the change log, and its errors rise with its pods; a rollback ends them', () => {
    const world = worldOf(text, { seed: 4 })
    world.runUntil(seconds(120))
    const errors = (from: number, to: number): number => rateBetween(world, 'http_requests_total', { code: '500' }, from, to) / 100
    expect(errors(1, 19)).toBe(0)
    const partly = errors(33, 40)
    expect(partly).toBeGreaterThan(0.05)
    expect(partly).toBeLessThan(0.3)
    expect(errors(90, 119)).toBeCloseTo(0.4, 1)
    const epochUs = world.telemetry.epochMs * 1000
    expect(world.telemetry.changes.between(0, Number.POSITIVE_INFINITY)).toMatchObject([{ kind: 'deploy', actor: 'dana', target: 'api', timeUs: epochUs + seconds(20), before: { version: 'v1' }, after: { version: 'v2' } }])
    world.act({ action: 'rollback', target: 'api' })
    world.runUntil(seconds(240))
    expect(errors(210, 239)).toBe(0)
    // Nobody was refused on the way: pods were drained, and the others were there.
    expect(rateBetween(world, 'http_requests_total', { code: '503' }, 1, 239)).toBe(0)
  })
  it('with an N+1 query multiplies the queries', () => {
    const world = worldOf(
      `
telemetry: { scrape: 1s, traces: 0 }
services:
  api: { replicas: 1, start: 1s, endpoints: { GET /: [{ query: db find }] } }
databases:
  db: { queries: { find: { time: 100us } } }
clients:
  users: { rate: 20/s, call: api GET / }
faults: [{ at: 30s, deploy: api, version: v2, extra-calls: { db: 9 } }]
`,
      { seed: 4 },
    )
    world.runUntil(seconds(100))
    expect(rateBetween(world, 'db_queries_total', {}, 5, 29)).toBeCloseTo(20, -1)
    expect(rateBetween(world, 'db_queries_total', {}, 60, 99) / rateBetween(world, 'http_requests_total', {}, 60, 99)).toBeCloseTo(10, 0)
  })
})

describe('pods', () => {
  it('that are added take their time to start and then take their share', () => {
    const world = worldOf(api('replicas: 1, cores: 1, start: 15s, queue: 5', '{ cpu: exp(20ms) }'), { seed: 4 })
    world.runUntil(seconds(30))
    world.act({ action: 'scale', target: 'api', replicas: 4 })
    world.runUntil(seconds(120))
    const good = (from: number, to: number): number => rateBetween(world, 'user_requests_total', { outcome: 'ok' }, from, to)
    expect(good(5, 29)).toBeLessThan(55)
    expect(good(36, 48)).toBeLessThan(55)
    expect(good(60, 119)).toBeGreaterThan(97)
    world.act({ action: 'scale', target: 'api', replicas: 2 })
    world.runUntil(seconds(180))
    expect((world.part('api') as Service).replicas.filter(({ gone }) => gone === 0)).toHaveLength(2)
    expect(good(160, 179)).toBeGreaterThan(70)
  })
  it('that die cut their requests off, are restarted with a back-off, and count from zero', () => {
    const world = worldOf(api('replicas: 2, start: 5s', '{ sleep: 500ms }', 'faults: [{ at: 20s, crash: api, pods: 1 }, { at: 40s, crash: api, pods: 1 }]'), { seed: 4 })
    world.runUntil(seconds(80))
    const resets = latest(world, 'user_requests_total', { outcome: 'reset' })
    expect(resets).toBeGreaterThan(30)
    expect(resets).toBeLessThan(80)
    expect(latest(world, 'user_requests_total', { outcome: 'refused' })).toBeGreaterThan(20)
    expect(linesWith(world, 'kubelet', 'Error')).toHaveLength(2)
    // The second time the platform waits for 10 s before it starts it again.
    expect(valueAt(world, 'kube_pod_container_status_restarts', {}, 60)).toBe(2)
    expect(rateBetween(world, 'user_requests_total', { outcome: 'ok' }, 65, 79)).toBeGreaterThan(95)
  })
  it('whose threads are all taken answer no probe: out of rotation, and with a liveness probe restarted again and again', () => {
    const world = worldOf(api('replicas: 2, threads: 10, queue: 10000, liveness: { every: 5s, timeout: 1s, failures: 2 }, start: 5s', '{ call: slow x }', 'externals: { slow: { latency: 50ms } }\nfaults: [{ at: 30s, slow: slow, factor: 100 }]').replace('rate: 100/s', 'rate: 50/s'), { seed: 4 })
    world.runUntil(seconds(200))
    expect(linesWith(world, 'kubelet', 'Liveness').length).toBeGreaterThan(4)
    expect(rateBetween(world, 'user_requests_total', { outcome: 'ok' }, 5, 29)).toBeGreaterThan(47)
    expect(rateBetween(world, 'user_requests_total', { outcome: 'ok' }, 100, 199)).toBeLessThan(10)
  })
  it('of one zone can be taken out of traffic', () => {
    const world = worldOf(api('replicas: 4, zones: [a, b]'), { seed: 4 })
    world.runUntil(seconds(10))
    expect(world.act({ action: 'shift-traffic', target: 'api', zone: 'c' })).toMatchObject({ ok: false })
    world.act({ action: 'shift-traffic', target: 'api', zone: 'a' })
    world.runUntil(seconds(60))
    expect(rateBetween(world, 'http_requests_total', { zone: 'a' }, 45, 59)).toBe(0)
    expect(rateBetween(world, 'http_requests_total', { zone: 'b' }, 45, 59)).toBeGreaterThan(90)
  })
  it('that are slow get fewer requests when requests go to the least busy', () => {
    const shareOfSlow = (balance: string): number => {
      const world = worldOf(api(`replicas: 4, balance: ${balance}`, '{ cpu: exp(10ms) }', 'faults: [{ at: 1s, slow: api, factor: 6, pods: 1 }]'), { seed: 4 })
      world.runUntil(seconds(100))
      const all = world.telemetry.series.select([{ name: '__name__', op: '=', value: 'http_requests_total' }], 0, Number.POSITIVE_INFINITY).map(({ values, length }) => values[length - 1] ?? 0)
      return Math.min(...all) / all.reduce((sum, count) => sum + count, 0)
    }
    expect(shareOfSlow('round-robin')).toBeCloseTo(0.25, 2)
    expect(shareOfSlow('least-outstanding')).toBeLessThan(0.17)
    expect(shareOfSlow('random-two')).toBeLessThan(0.22)
  })
  it('stand still in a pause, and everything on them is late by it', () => {
    const world = worldOf(api('replicas: 1, cores: 4', undefined, 'faults: [{ at: 10500ms, pause: api, time: 2s }]'), { seed: 4 })
    world.runUntil(seconds(20))
    expect(rateBetween(world, 'http_requests_total', {}, 11, 12)).toBe(0)
    expect(latest(world, 'http_request_duration_seconds_bucket', { le: '+Inf' }) - latest(world, 'http_request_duration_seconds_bucket', { le: '1' })).toBeGreaterThan(80)
    expect(linesWith(world, 'api', 'Pause Full')).toHaveLength(1)
  })
})

describe('calls', () => {
  const caller = (policy: string, latency: string, faults = ''): string => `
telemetry: { scrape: 1s, traces: 100% }
services:
  api: { replicas: 1, threads: 400, dependencies: { card: { ${policy} } }, endpoints: { GET /: [{ call: card pay }] } }
externals:
  card: { latency: '${latency}' }
clients:
  users: { rate: 50/s, call: api GET / }
${faults}
`
  it('that are hedged cut the tail, and cost a few more calls', () => {
    const p99 = (policy: string): { slow: number; calls: number } => {
      const world = worldOf(caller(policy, 'percentiles').replace("'percentiles'", '{ kind: percentiles, points: [[0, 10], [95, 20], [96, 2000], [100, 2000]] }'), { seed: 4 })
      world.runUntil(seconds(120))
      const all = latest(world, 'http_request_duration_seconds_count')
      return { slow: 1 - latest(world, 'http_request_duration_seconds_bucket', { le: '0.1' }) / all, calls: latest(world, 'client_requests_total') / all }
    }
    expect(p99('timeout: 5s').slow).toBeGreaterThan(0.03)
    const hedged = p99('timeout: 5s, hedge: 30ms')
    expect(hedged.slow).toBeLessThan(0.01)
  })
  it('open their breaker when they fail, and fail fast while it is open', () => {
    const world = worldOf(caller('timeout: 1s, breaker: { open: 10s }', 'exp(20ms)', 'faults: [{ at: 20s, down: card, hangs: true, for: 30s }]'), { seed: 4 })
    world.runUntil(seconds(90))
    expect(latest(world, 'client_requests_total', { outcome: 'timeout' })).toBeLessThan(100)
    expect(valueAt(world, 'circuit_breaker_state', {}, 30)).toBe(1)
    expect(latest(world, 'circuit_breaker_state')).toBe(0)
    expect(linesWith(world, 'api', 'changed state to open').length).toBeGreaterThanOrEqual(1)
    expect(rateBetween(world, 'http_requests_total', { code: '200' }, 70, 89)).toBeGreaterThan(45)
    expect(valueAt(world, 'http_server_active_requests', { service: 'api' }, 45)).toBeLessThan(20)
  })
  it('beyond a bulkhead fail at once, so that others keep their threads', () => {
    const world = worldOf(caller('bulkhead: 5', 'exp(20ms)', 'faults: [{ at: 20s, slow: card, factor: 100 }]'), { seed: 4 })
    world.runUntil(seconds(60))
    expect(latest(world, 'http_server_active_requests', { service: 'api' })).toBeLessThanOrEqual(6)
    expect(rateBetween(world, 'http_requests_total', { code: '503' }, 30, 59)).toBeGreaterThan(40)
  })
  it('fall back where the step says how', () => {
    const world = worldOf(caller('timeout: 100ms', 'exp(20ms)', 'faults: [{ at: 20s, down: card }]').replace('{ call: card pay }', '{ call: card pay, fallback: [{ cpu: 1ms }] }'), { seed: 4 })
    world.runUntil(seconds(60))
    expect(latest(world, 'http_requests_total', { code: '200' })).toBe(latest(world, 'http_requests_total'))
    expect(latest(world, 'client_requests_total', { outcome: 'refused' })).toBeGreaterThan(1500)
  })
  it('take a new timeout, pool and retries at run time', () => {
    const world = worldOf(caller('timeout: 5s', 'exp(20ms)', 'faults: [{ at: 10s, down: card, hangs: true }]'), { seed: 4 })
    world.runUntil(seconds(40))
    expect(latest(world, 'http_server_active_requests')).toBeGreaterThan(200)
    expect(world.act({ action: 'configure', target: 'api', dependency: 'card', timeout: '100ms', retries: 2 })).toMatchObject({ ok: true, effectUs: seconds(60) })
    expect(world.act({ action: 'configure', target: 'api', dependency: 'crad', timeout: '100ms' })).toMatchObject({ ok: false, error: expect.stringContaining('Did you mean "card"?') as string })
    world.runUntil(seconds(90))
    expect(latest(world, 'http_server_active_requests')).toBeLessThan(50)
    expect(rateBetween(world, 'client_requests_total', {}, 75, 89) / 50).toBeGreaterThan(2.5)
  })
})

describe('one pod', () => {
  const text = api('replicas: 3, start: 4s, cores: 1')
  const podsOf = (world: ReturnType<typeof worldOf>): string[] => (world.part('api') as Service).replicas.flatMap(({ gone, pod }) => (gone === 1 ? [] : [pod]))
  it('is replaced alone, while the others serve and nobody is refused', () => {
    const world = worldOf(text)
    world.runUntil(seconds(20))
    const before = podsOf(world)
    expect(world.act({ action: 'restart-pod', target: 'api', pod: before[1] })).toMatchObject({ ok: true, effectUs: seconds(22) })
    world.runUntil(seconds(22.1))
    expect(podsOf(world)).toHaveLength(4)
    world.runUntil(seconds(60))
    const after = podsOf(world)
    expect(after).toHaveLength(3)
    expect(after).not.toContain(before[1])
    expect(after.filter((pod) => before.includes(pod))).toHaveLength(2)
    expect(rateBetween(world, 'http_requests_total', { code: '503' }, 1, 59)).toBe(0)
    expect(world.act({ action: 'restart-pod', target: 'api', pod: before[1] })).toMatchObject({ ok: false, error: expect.stringContaining('has no pod') as string })
  })
  it('that goes is not replaced twice by a rollout that comes before it has gone', () => {
    const world = worldOf(text.replace('cpu: exp(5ms)', 'sleep: 9s').replace('timeout: 5s', 'timeout: 20s'))
    world.runUntil(seconds(20))
    world.act({ action: 'restart-pod', target: 'api', pod: podsOf(world)[0] })
    world.runUntil(seconds(23))
    world.act({ action: 'restart', target: 'api' })
    world.runUntil(seconds(240))
    expect(podsOf(world)).toHaveLength(3)
  })
  it('that waits for its back-off is started anew at once', () => {
    const world = worldOf(api('replicas: 2, start: 1s', undefined, 'faults: [{ at: 10s, crash: api, pods: 1 }, { at: 13s, crash: api, pods: 1 }, { at: 26s, crash: api, pods: 1 }]'))
    world.runUntil(seconds(28))
    world.act({ action: 'restart-pod', target: 'api', pod: podsOf(world)[0] })
    world.runUntil(seconds(32))
    expect((world.part('api') as Service).replicas.map(({ ready }) => ready)).toEqual([1, 1])
  })
})

describe('other limits', () => {
  it('come with new pods, stay with the next version, and go with a rollback of themselves', () => {
    const world = worldOf(api('replicas: 2, start: 1s, cores: 1, queue: 20, memory: { request: 0B }', '{ cpu: 30ms }'))
    world.runUntil(seconds(30))
    const busy = (from: number, to: number): number => rateBetween(world, 'container_cpu_usage_seconds_total', {}, from, to)
    expect(busy(10, 29)).toBeCloseTo(2, 1)
    expect(world.act({ action: 'set-resources', target: 'api', cores: 2, memory: '2GB' })).toMatchObject({ ok: true, effectUs: seconds(35) })
    world.runUntil(seconds(140))
    expect(busy(120, 139)).toBeCloseTo(3, 0)
    expect((world.part('api') as Service).replicas.map(({ memoryBytes }) => memoryBytes)).toEqual([2 ** 31, 2 ** 31])
    world.act({ action: 'deploy', target: 'api', version: 'v2' })
    world.runUntil(seconds(240))
    expect(busy(220, 239)).toBeCloseTo(3, 0)
    expect(world.act({ action: 'set-resources', target: 'api' })).toMatchObject({ ok: false, error: 'set-resources: needs cores or memory.' })
    expect(world.act({ action: 'set-resources', target: 'api', memory: '20MB' })).toMatchObject({ ok: false, error: 'api needs 200 MB before its first request.' })
  })
})
