import { describe, expect, it } from 'vitest'
import { latest, rateBetween, seconds, worldOf } from '../../testing/observe.ts'

const text = (client: string, rest = ''): string => `
telemetry: { scrape: 1s, traces: 0 }
services:
  api: { replicas: 1, cores: 8, threads: 1000, endpoints: { GET /a: [{ cpu: 1ms }], GET /b: [{ cpu: 1ms }], GET /slow: [{ sleep: 10s }] } }
clients:
  users: ${client}
${rest}
`

describe('users', () => {
  it('come at their rate, more and less with their traffic', () => {
    const world = worldOf(text('{ rate: 100/s, call: api GET /a }', 'faults: [{ at: 100s, traffic: users, factor: 3, for: 50s }]'), { seed: 2 })
    world.runUntil(seconds(250))
    const rate = (from: number, to: number): number => rateBetween(world, 'user_requests_total', {}, from, to)
    // Three deviations of a Poisson count.
    expect(Math.abs(rate(0, 100) - 100)).toBeLessThan(3)
    expect(Math.abs(rate(101, 149) - 300)).toBeLessThan(3 * Math.sqrt(300 / 48))
    expect(Math.abs(rate(160, 250) - 100)).toBeLessThan(3.3)
    // A surge of users is in nobody's change log.
    expect(world.telemetry.changes.between(0, Number.POSITIVE_INFINITY)).toEqual([])
  })
  it('follow a shape in straight lines', () => {
    const world = worldOf(text('{ shape: [{ at: 0s, rate: 10/s }, { at: 100s, rate: 110/s }, { at: 200s, rate: 110/s }, { at: 201s, rate: 0/s }], call: api GET /a }'), { seed: 2 })
    world.runUntil(seconds(260))
    const rate = (from: number, to: number): number => rateBetween(world, 'user_requests_total', {}, from, to)
    expect(rate(40, 60)).toBeGreaterThan(52)
    expect(rate(40, 60)).toBeLessThan(68)
    expect(rate(120, 180)).toBeGreaterThan(104)
    expect(rate(205, 260)).toBe(0)
  })
  it('ask for a mix, by its shares', () => {
    const world = worldOf(text('{ rate: 200/s, mix: { api GET /a: 80%, api GET /b: 20% } }'), { seed: 2 })
    world.runUntil(seconds(100))
    expect(latest(world, 'http_requests_total', { route: '/a' }) / latest(world, 'http_requests_total')).toBeCloseTo(0.8, 1)
  })
  it('lose patience, leave, and do not notice what comes later', () => {
    const world = worldOf(text('{ rate: 20/s, patience: 2s, do: [{ call: api GET /a }, { call: api GET /slow }, { call: api GET /b }] }'), { seed: 2 })
    world.runUntil(seconds(60))
    expect(latest(world, 'user_requests_total', { outcome: 'timeout' })).toBe(latest(world, 'user_requests_total'))
    expect(latest(world, 'user_request_duration_seconds_sum') / latest(world, 'user_requests_total')).toBeCloseTo(2, 2)
    expect(latest(world, 'http_requests_total', { route: '/b' })).toBe(0)
    // The service goes on with what nobody waits for.
    expect(latest(world, 'http_requests_total', { route: '/slow', code: '200' })).toBeGreaterThan(900)
  })
  it('try again, and count each try', () => {
    const world = worldOf(text('{ rate: 20/s, call: api GET /a, timeout: 1s, retries: { attempts: 2, backoff: constant, base: 100ms, jitter: none } }', 'faults: [{ at: 0s, errors: api, share: 100% }]'), { seed: 2 })
    world.runUntil(seconds(60))
    expect(latest(world, 'user_attempts_total') / latest(world, 'user_requests_total')).toBeCloseTo(3, 1)
    expect(latest(world, 'user_requests_total', { outcome: 'error' })).toBe(latest(world, 'user_requests_total'))
  })
})

describe('between users and services', () => {
  const linked = (fault: string, extra = ''): ReturnType<typeof worldOf> =>
    worldOf(text('{ rate: 50/s, call: api GET /a, timeout: 3s }', `links:\n  internet: { from: users, to: api, latency: 20ms }\n${extra}\nfaults: [{ at: 20s, ${fault}, for: 10s }]`), { seed: 2 })
  it('a link takes its time both ways', () => {
    const world = linked('delay: internet, extra: 100ms')
    world.runUntil(seconds(60))
    const mean = (from: number, to: number): number => rateBetween(world, 'user_request_duration_seconds_sum', {}, from, to) / rateBetween(world, 'user_requests_total', {}, from, to)
    expect(mean(5, 19)).toBeCloseTo(0.041, 3)
    expect(mean(22, 29)).toBeCloseTo(0.241, 3)
    expect(mean(40, 60)).toBeCloseTo(0.041, 3)
  })
  it('a partition lets nothing through, and what waited comes when it heals', () => {
    const world = linked('partition: internet')
    world.runUntil(seconds(60))
    expect(rateBetween(world, 'user_requests_total', { outcome: 'timeout' }, 24, 29)).toBeGreaterThan(40)
    expect(rateBetween(world, 'http_requests_total', {}, 21, 29)).toBe(0)
    expect(rateBetween(world, 'user_requests_total', { outcome: 'ok' }, 40, 60)).toBeGreaterThan(45)
  })
  it('loss costs the lost a retransmission', () => {
    const world = linked('loss: internet, share: 10%')
    world.runUntil(seconds(60))
    const slow = (from: number, to: number): number => 1 - rateBetween(world, 'user_request_duration_seconds_bucket', { le: '0.1' }, from, to) / rateBetween(world, 'user_requests_total', {}, from, to)
    expect(slow(5, 19)).toBe(0)
    expect(slow(21, 29)).toBeGreaterThan(0.12)
    expect(slow(21, 29)).toBeLessThan(0.27)
    expect(latest(world, 'node_netstat_Tcp_RetransSegs')).toBeGreaterThan(50)
  })
})

describe('an external service, a limiter and a flag', () => {
  it('answer 429 above their rate, and switch what programs do', () => {
    const world = worldOf(
      `
telemetry: { scrape: 1s, traces: 0 }
services:
  api:
    endpoints:
      GET /card: [{ call: card pay, optional: true }]
      GET /limited: [{ limit: gate }, { cpu: 1ms }]
      GET /flag: [{ if: flag new-way, then: [{ call: card pay }], else: [{ cpu: 1ms }] }]
externals:
  card: { limit: 20/s }
limiters:
  gate: { rate: 30/s }
flags:
  new-way: { on: 25% }
clients:
  a: { rate: 100/s, call: api GET /card }
  b: { rate: 100/s, call: api GET /limited }
  c: { rate: 100/s, call: api GET /flag, key: 'uniform(1M)' }
`,
      { seed: 2 },
    )
    world.runUntil(seconds(60))
    expect(rateBetween(world, 'client_requests_total', { outcome: 'ok' }, 10, 60)).toBeCloseTo(20, 0)
    expect(rateBetween(world, 'http_requests_total', { route: '/limited', code: '200' }, 10, 60)).toBeCloseTo(30, 0)
    expect(rateBetween(world, 'http_requests_total', { route: '/limited', code: '429' }, 10, 60)).toBeCloseTo(70, -1)
    const calls = rateBetween(world, 'client_requests_total', {}, 10, 60)
    expect(calls).toBeGreaterThan(115)
    expect(calls).toBeLessThan(135)
    world.act({ action: 'toggle', target: 'new-way', on: false })
    world.act({ action: 'set-rate', target: 'gate', rate: '80/s' })
    world.runUntil(seconds(120))
    expect(rateBetween(world, 'client_requests_total', {}, 80, 120)).toBeCloseTo(100, -1)
    expect(rateBetween(world, 'http_requests_total', { route: '/limited', code: '200' }, 80, 120)).toBeCloseTo(80, 0)
    expect(world.telemetry.changes.between(0, Number.POSITIVE_INFINITY).map(({ kind }) => kind)).toEqual(['audit', 'audit', 'flag', 'config'])
  })
})
