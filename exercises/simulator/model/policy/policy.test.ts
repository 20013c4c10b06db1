import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../engine/index.ts'
import { Breaker, breakerState } from './breaker.ts'
import { rateBetween, seconds, worldOf } from '../testing/observe.ts'
import { backoffUs, RetryBudget } from './retry.ts'
import { policySchema } from './schema.ts'
import { TokenBucket } from '../token-bucket.ts'

const breaker = (spec: object): Breaker => new Breaker(policySchema.parse({ breaker: spec }).breaker!)
const retries = (spec: object): NonNullable<ReturnType<typeof policySchema.parse>['retries']> => policySchema.parse({ retries: spec }).retries!

describe('a circuit breaker', () => {
  it('opens at its share of failures, lets probes through after its time, and closes when they succeed', () => {
    const one = breaker({ failures: '50%', window: 10, least: 4, open: '5s', probes: 2 })
    for (const good of [true, false, true, false]) {
      expect(one.allow(0)).toBe(true)
      one.record(good, 1, 0)
    }
    expect(one.state).toBe(breakerState.open)
    expect(one.allow(4_999_999)).toBe(false)
    expect(one.allow(5_000_000)).toBe(true)
    expect(one.allow(5_000_000)).toBe(true)
    expect(one.allow(5_000_000)).toBe(false)
    expect(one.record(true, 1, 5_100_000)).toBe(false)
    expect(one.record(true, 1, 5_200_000)).toBe(true)
    expect(one.state).toBe(breakerState.closed)
  })
  it('opens again when a probe fails', () => {
    const one = breaker({ least: 1, window: 1, failures: '100%', open: '5s', probes: 3 })
    one.allow(0)
    one.record(false, 1, 0)
    expect(one.allow(6_000_000)).toBe(true)
    one.record(false, 1, 6_000_000)
    expect(one.allow(10_999_999)).toBe(false)
    expect(one.allow(11_000_000)).toBe(true)
  })
  it('stays closed below its least number of calls, and counts slow calls as failed', () => {
    const one = breaker({ least: 5, window: 10, slow: '1s' })
    for (let call = 0; call < 4; call += 1) one.record(false, 1, 0)
    expect(one.state).toBe(breakerState.closed)
    one.record(true, 2_000_000, 0)
    expect(one.state).toBe(breakerState.open)
  })
  it('goes on from a snapshot as it would have', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ good: fc.boolean(), us: fc.integer({ min: 1, max: 3_000_000 }) }), { maxLength: 80 }), fc.nat(80), (calls, cut) => {
        const one = breaker({ window: 6, least: 3, open: '2s', probes: 2 })
        const other = breaker({ window: 6, least: 3, open: '2s', probes: 2 })
        let now = 0
        for (const [index, { good, us }] of calls.entries()) {
          if (index === cut) other.load(structuredClone(one.save()))
          now += us
          if (one.allow(now)) one.record(good, 1, now)
          if (index < cut) continue
          if (other.allow(now)) other.record(good, 1, now)
          expect(other.save()).toEqual(one.save())
        }
      }),
    )
  })
})

describe('retries', () => {
  const stream = new RandomStream(1, 'test')
  it('wait longer each time, up to the most, with or without jitter', () => {
    const plain = retries({ attempts: 5, base: '100ms', most: '1s', jitter: 'none' })
    expect([1, 2, 3, 4, 5, 6].map((retry) => backoffUs(plain, retry, stream))).toEqual([100_000, 200_000, 400_000, 800_000, 1_000_000, 1_000_000])
    expect(backoffUs(retries({ backoff: 'constant', base: '50ms', jitter: 'none' }), 4, stream)).toBe(50_000)
    expect(backoffUs(retries({ backoff: 'none' }), 4, stream)).toBe(0)
    for (let draw = 0; draw < 500; draw += 1) {
      const full = backoffUs(retries({ base: '100ms', jitter: 'full' }), 2, stream)
      const equal = backoffUs(retries({ base: '100ms', jitter: 'equal' }), 2, stream)
      expect(full).toBeGreaterThanOrEqual(0)
      expect(full).toBeLessThanOrEqual(200_000)
      expect(equal).toBeGreaterThanOrEqual(100_000)
      expect(equal).toBeLessThanOrEqual(200_000)
    }
  })
  it('in a budget are at most its share of calls, beyond a small reserve', () => {
    const budget = new RetryBudget(0.1)
    let granted = 0
    for (let call = 0; call < 10_000; call += 1) {
      budget.deposit()
      if (budget.withdraw()) granted += 1
    }
    expect(granted).toBeGreaterThan(990)
    expect(granted).toBeLessThanOrEqual(1010)
  })
})

it('gives calls a retry budget while they are made, which a copy of the world keeps', () => {
  const text = `
services:
  front: { replicas: 1, dependencies: { back: { retries: { attempts: 3, base: 10ms } } }, endpoints: { GET /: [{ call: back GET / }] } }
  back: { endpoints: { GET /: [{ cpu: 1ms }, { fail: 100% }] } }
clients: { users: { rate: 50/s, call: front GET / } }`
  const world = worldOf(text)
  const calls = (fromSeconds: number, toSeconds: number): number => rateBetween(world, 'http_requests_total', { job: 'back' }, fromSeconds, toSeconds)
  world.runUntil(seconds(60))
  expect(calls(10, 60)).toBeGreaterThan(180)
  expect(world.act({ action: 'configure', target: 'front', dependency: 'back', 'retry-budget': '10%' })).toMatchObject({ ok: true })
  world.runUntil(seconds(120))
  const copy = worldOf(text)
  copy.load(structuredClone(world.save()))
  world.runUntil(seconds(180))
  copy.runUntil(seconds(180))
  expect(calls(120, 180)).toBeLessThan(58)
  expect(copy.fingerprint()).toBe(world.fingerprint())
})

describe('a token bucket', () => {
  it('never lets more through than its rate and its burst', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 300 }), (rate, burst, gaps) => {
        const bucket = new TokenBucket(rate, burst)
        let now = 0
        let taken = 0
        for (const gap of gaps) {
          now += gap
          if (bucket.take(now)) taken += 1
        }
        expect(taken).toBeLessThanOrEqual(burst + (now * rate) / 1e6 + 1e-6)
      }),
    )
  })
})
