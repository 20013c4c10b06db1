import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { littlesLaw, strips } from './littles-law.ts'
import { mixtureMean, mixtureQuantile, shareBelow } from './percentiles.ts'
import { poolFigures } from './pool-hold-time.ts'
import { binomialTail, choose, normalCdf } from './statistics.ts'
import { responseQuantile, responseTail, utilisationLatency } from './utilisation-latency.ts'

const load = fc.record({ servers: fc.integer({ min: 1, max: 64 }), serviceMs: fc.double({ min: 0.5, max: 500, noNaN: true }), utilisation: fc.double({ min: 0.05, max: 0.98, noNaN: true }) }).map(({ servers, serviceMs, utilisation }) => ({ servers, serviceMs, rate: (utilisation * servers * 1000) / serviceMs }))

describe('statistics', () => {
  it('knows the normal distribution', () => {
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12)
    expect(normalCdf(-2.326347874040841)).toBeCloseTo(0.01, 12)
    fc.assert(fc.property(fc.double({ min: -7, max: 7, noNaN: true }), (z) => Math.abs(normalCdf(z) + normalCdf(-z) - 1) < 1e-12))
  })

  it('knows the binomial distribution', () => {
    expect(choose(9, 4)).toBe(126)
    expect(binomialTail(3, 2, 0.99)).toBeCloseTo(0.999702, 9)
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => Math.abs(binomialTail(tries, 0, chance) - 1) < 1e-9 && Math.abs(binomialTail(tries, 1, chance) - (1 - (1 - chance) ** tries)) < 1e-9))
  })
})

describe('utilisation and latency', () => {
  it('is exponential with one server: at 80% of 10 ms, mean 50 ms and p99 230 ms', () => {
    const found = utilisationLatency({ rate: 80, servers: 1, serviceMs: 10 })
    expect(found.utilisation).toBeCloseTo(0.8, 12)
    expect(found.meanMs).toBeCloseTo(50, 9)
    expect(found.p99Ms).toBeCloseTo(50 * Math.log(100), 6)
  })

  it('has the mean of its own distribution', () => {
    fc.assert(
      fc.property(load, (each) => {
        const { meanMs } = utilisationLatency(each)
        const steps = 4000
        const mostMs = responseQuantile({ ...each, quantile: 0.99999 }) * 1.6
        let area = 0
        for (let step = 0; step < steps; step += 1) area += responseTail({ ...each, ms: ((step + 0.5) / steps) * mostMs }) * (mostMs / steps)
        expect(Math.abs(area - meanMs) / meanMs).toBeLessThan(0.01)
      }),
      { numRuns: 60 },
    )
  })

  it('never serves faster with more load, nor slower with more servers', () => {
    fc.assert(
      fc.property(load, (each) => {
        const now = utilisationLatency(each)
        expect(utilisationLatency({ ...each, rate: each.rate * 1.01 }).p99Ms).toBeGreaterThanOrEqual(now.p99Ms * (1 - 1e-9))
        expect(utilisationLatency({ ...each, servers: each.servers + 1 }).meanMs).toBeLessThanOrEqual(now.meanMs)
      }),
    )
  })

  it('has no settled time at full use', () => {
    expect(utilisationLatency({ rate: 120, servers: 1, serviceMs: 10 })).toEqual({ utilisation: 1.2, waitProbability: 1, meanMs: Infinity, p99Ms: Infinity, growth: 20 })
  })
})

describe("Little's law", () => {
  it('counts 30 connections for 120 a second that hold one for 250 ms', () => {
    expect(littlesLaw({ rate: 120, timeMs: 250, limit: 50 })).toEqual({ inside: 30, use: 0.6, highestRate: 200 })
  })

  it('is what the line through the picture crosses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 60_000 }), (rate, timeMs) => {
        const drawn = strips({ rate, timeMs, most: 60 })
        const crossed = drawn.strips.filter(({ crosses }) => crosses).length * drawn.each
        expect(Math.abs(crossed - (rate * timeMs) / 1000)).toBeLessThanOrEqual(drawn.each)
        expect(drawn.strips.length).toBeLessThanOrEqual(120)
      }),
    )
  })
})

describe('a pool and its hold time', () => {
  it('lets 1.66 of 120 a second through at 30.05 s', () => {
    const slow = poolFigures({ pool: 50, rate: 120, ownMs: 50, remoteMs: 30_000, call: 'inside' })
    expect(slow.throughput).toBeCloseTo(1.664, 3)
    expect(slow.needed).toBeCloseTo(3606, 6)
    expect(slow.growth).toBeCloseTo(118.336, 3)
  })

  it('is well again when the call moves out, whatever the provider does', () => {
    const outside = poolFigures({ pool: 50, rate: 120, ownMs: 50, remoteMs: 30_000, call: 'outside' })
    expect(outside.inUse).toBe(6)
    expect(outside.waitMs).toBeLessThan(1)
  })

  it('never uses more than it has nor serves more than comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 60_000 }), (pool, rate, ownMs, remoteMs) => {
        const { inUse, throughput, growth, waitMs } = poolFigures({ pool, rate, ownMs, remoteMs, call: 'inside' })
        expect(inUse).toBeLessThanOrEqual(pool)
        expect(throughput + growth).toBeCloseTo(rate, 6)
        expect(waitMs).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('percentiles', () => {
  const mixture = { slowPercent: 2, fastMs: 50, slowMs: 2000, spread: 0.3 }

  it('show what the mean hides', () => {
    expect(mixtureMean(mixture)).toBeCloseTo((0.98 * 50 + 0.02 * 2000) * Math.exp(0.045), 9)
    expect(mixtureQuantile(mixture, 0.5)).toBeLessThan(51)
    expect(mixtureQuantile(mixture, 0.99)).toBeGreaterThan(1900)
  })

  it('stay in order and invert the distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 10, max: 60_000 }), fc.double({ min: 0.05, max: 1, noNaN: true }), (slowPercent, fastMs, slowMs, spread) => {
        const each = { slowPercent, fastMs, slowMs, spread }
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map((quantile) => mixtureQuantile(each, quantile)) as [number, number, number]
        expect(p50).toBeLessThanOrEqual(p95)
        expect(p95).toBeLessThanOrEqual(p99)
        expect(shareBelow(each, p95)).toBeCloseTo(0.95, 6)
      }),
    )
  })
})
