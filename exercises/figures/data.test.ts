import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runStampede } from './cache-stampede.ts'
import { runBreaker, usualToggles } from './circuit-breaker.ts'
import { lastWrite } from './clock-skew.ts'
import { runLag } from './consumer-lag.ts'
import { chiSquare95, drift, psi } from './data-drift.ts'
import { batching } from './gpu-batching.ts'
import { runIsolation } from './isolation.ts'
import type { Level } from './isolation.ts'
import type { IsolationCase } from './isolation-cases.ts'
import { runLease } from './lease-fencing.ts'
import { lagBeyond, lagP99, staleRead } from './replication-lag.ts'
import { strideElements, threatsOf } from './stride.ts'
import { atThreshold, cheapestThreshold } from './threshold.ts'
import { staleness } from './ttl-staleness.ts'

describe('a circuit breaker', () => {
  const spec = { rate: 10, failPercent: 100, threshold: 50, window: 20, openS: 10, probes: 3 }

  it('opens a second or two after the dependency breaks, and closes after it is mended', () => {
    const { seconds, opened, rejectedHealthy } = runBreaker({ ...spec, toggles: usualToggles })
    expect(seconds[9]?.state).toBe('closed')
    expect(seconds[11]?.state).toBe('open')
    expect(seconds.at(-1)?.state).toBe('closed')
    expect(opened).toBeGreaterThan(1)
    expect(rejectedHealthy).toBeLessThanOrEqual(spec.openS * spec.rate)
  })

  it('answers for every call, and never opens while all is well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 10, max: 100 }), fc.integer({ min: 10, max: 90 }), fc.integer({ min: 5, max: 100 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10 }), (rate, failPercent, threshold, window, openS, probes) => {
        const run = runBreaker({ rate, failPercent, threshold, window, openS, probes, toggles: usualToggles })
        for (const { sent, rejected } of run.seconds) expect(sent + rejected).toBe(rate)
        expect(runBreaker({ rate, failPercent, threshold, window, openS, probes, toggles: [] }).rejected).toBe(0)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a cache stampede', () => {
  const spec = { keys: 200, rate: 20, ttlS: 60, loadMs: 400, jitterPercent: 0, single: false }

  it('is rate × load time as many loads without single flight, and spread by jitter', () => {
    const many = runStampede(spec)
    const single = runStampede({ ...spec, single: true })
    expect(many.loads / single.loads).toBeCloseTo(1 + 20 * 0.4, 1)
    expect(runStampede({ ...spec, jitterPercent: 20 }).peak).toBeLessThan(many.peak / 4)
  })

  it('keeps its sums, whatever the values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.1, max: 200, noNaN: true }), fc.integer({ min: 10, max: 120 }), fc.integer({ min: 10, max: 2000 }), fc.integer({ min: 0, max: 50 }), fc.boolean(), (keys, rate, ttlS, loadMs, jitterPercent, single) => {
        const run = runStampede({ keys, rate, ttlS, loadMs, jitterPercent, single })
        expect(run.hit).toBeGreaterThanOrEqual(0)
        expect(run.hit).toBeLessThanOrEqual(1)
        expect(run.peak).toBeLessThanOrEqual(run.loads + 1e-9)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a TTL', () => {
  it('trades loads for stale reads', () => {
    const { hit, stale, loadsPerHour } = staleness({ ttlS: 60, readRate: 2, changesPerHour: 6 })
    expect(hit).toBeCloseTo(120 / 121, 12)
    expect(stale).toBeCloseTo((120 / 121) * (1 - (1 - Math.exp(-0.1)) / 0.1), 12)
    expect(loadsPerHour).toBeCloseTo(7200 / 121, 9)
  })

  it('is never staler with a shorter TTL, and the two forms meet', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 80_000, noNaN: true }), fc.double({ min: 0.01, max: 1000, noNaN: true }), fc.double({ min: 0.1, max: 3600, noNaN: true }), (ttlS, readRate, changesPerHour) => {
        const now = staleness({ ttlS, readRate, changesPerHour })
        expect(staleness({ ttlS: ttlS * 1.05, readRate, changesPerHour }).stale).toBeGreaterThanOrEqual(now.stale - 1e-9)
        expect(now.stale).toBeLessThanOrEqual(now.hit)
      }),
    )
  })
})

describe('replication lag', () => {
  const spec = { lagMs: 100, spread: 0.8, delayMs: 100, replicaPercent: 100, guard: 'none' as const }

  it('misses half of the reads at the median', () => {
    expect(staleRead(spec).stale).toBeCloseTo(0.5, 12)
    expect(staleRead({ ...spec, guard: 'pin' }).stale).toBe(0)
    expect(staleRead({ ...spec, guard: 'pin', delayMs: 1500 }).stale).toBeGreaterThan(0)
    expect(lagBeyond(spec, lagP99(spec))).toBeCloseTo(0.01, 9)
  })

  it('waits the integral of the tail for a position', () => {
    const { waitMs } = staleRead({ ...spec, guard: 'position' })
    let area = 0
    for (let ms = 100; ms < 20_000; ms += 0.5) area += lagBeyond(spec, ms + 0.25) * 0.5
    expect(waitMs).toBeCloseTo(area, 1)
  })
})

describe('consumer lag', () => {
  it('of 10 minutes at 1,000/s is 600,000, gone in 50 minutes with 200/s to spare', () => {
    const run = runLag({ rate: 1000, consumers: 4, partitions: 6, perConsumer: 300, stopMinutes: 10, retentionMinutes: 120 })
    expect(run).toMatchObject({ capacity: 1200, peakLag: 600_000, oldestMinutes: 10, drainMinutes: 50, lost: 0 })
  })

  it('is not helped by more consumers than partitions, and loses what outlives retention', () => {
    const spec = { rate: 1000, consumers: 6, partitions: 6, perConsumer: 300, stopMinutes: 10, retentionMinutes: 120 }
    expect(runLag({ ...spec, consumers: 32 }).drainMinutes).toBe(runLag(spec).drainMinutes)
    expect(runLag({ ...spec, stopMinutes: 60, retentionMinutes: 30 }).lost).toBeCloseTo(1000 * 60 * 30, -1)
  })
})

describe('clocks', () => {
  it('lose the newer write when the skew is larger than the gap', () => {
    expect(lastWrite({ skewMs: -200, gapMs: 100, rule: 'clock' })).toEqual({ stampA: 0, stampB: -100, survives: 'A', lost: true })
    fc.assert(fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (skewMs, gapMs) => lastWrite({ skewMs, gapMs, rule: 'clock' }).lost === gapMs + skewMs <= 0 && !lastWrite({ skewMs, gapMs, rule: 'logical' }).lost))
  })
})

describe('a lease', () => {
  it('does not protect a write after a pause; a token does', () => {
    expect(runLease({ leaseS: 10, pauseS: 15, fencing: false })).toMatchObject({ lostWrites: 1, refused: 0 })
    expect(runLease({ leaseS: 10, pauseS: 15, fencing: true })).toMatchObject({ lostWrites: 0, refused: 1 })
    expect(runLease({ leaseS: 20, pauseS: 15, fencing: false })).toMatchObject({ lostWrites: 0, takenS: null })
  })

  it('tells its events in order', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 40 }), fc.boolean(), (leaseS, pauseS, fencing) => runLease({ leaseS, pauseS, fencing }).events.every(({ atS }, index, all) => atS >= (all[index - 1]?.atS ?? 0))))
  })
})

describe('batches', () => {
  it('raise what can be served and have a latency that falls before it rises', () => {
    const at = (batch: number): ReturnType<typeof batching> => batching({ batch, fixedMs: 40, itemMs: 1, rate: 200 })
    expect(at(8).capacity).toBeCloseTo(8 / 0.048, 9)
    expect(at(8).latencyMs).toBe(Infinity)
    expect(at(16).latencyMs).toBeLessThan(at(10).latencyMs)
    expect(at(64).latencyMs).toBeGreaterThan(at(16).latencyMs)
  })
})

describe('data drift', () => {
  it('is 0 for the same shares, symmetric, and grows with the shift', () => {
    expect(psi([0.5, 0.5], [0.5, 0.5])).toBe(0)
    expect(psi([0.2, 0.8], [0.4, 0.6])).toBeCloseTo(psi([0.4, 0.6], [0.2, 0.8]), 12)
    expect(psi([0.2, 0.8], [0.4, 0.6])).toBeCloseTo(0.2 * Math.log(2) - 0.2 * Math.log(0.75), 12)
    const at = (shift: number): number => drift({ shift, scale: 1, bins: 10, sample: 10_000 }).psi
    expect(at(0)).toBeLessThan(1e-12)
    expect(at(0.6)).toBeGreaterThan(at(0.3))
    // For narrow bins PSI nears the symmetric Kullback-Leibler divergence, shift squared for two normals.
    expect(at(0.3)).toBeCloseTo(0.09, 1)
  })

  it('keeps shares that sum to 1, and knows chi-square', () => {
    fc.assert(fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.4, max: 2.5, noNaN: true }), fc.integer({ min: 4, max: 30 }), (shift, scale, bins) => Math.abs(drift({ shift, scale, bins, sample: 100 }).current.reduce((sum, share) => sum + share, 0) - 1) < 1e-9))
    expect(chiSquare95(9)).toBeCloseTo(16.919, 1)
  })
})

describe('a threshold', () => {
  const spec = { threshold: 50, separation: 2, basePercent: 1, perDay: 10_000, missCost: 100, falseCost: 5 }

  it('catches 84% with 5% precision at a base rate of 1%', () => {
    const { recall, precision, alarms } = atThreshold(spec)
    expect(recall).toBeCloseTo(0.8413, 4)
    expect(precision).toBeCloseTo(0.0508, 4)
    expect(alarms).toBeCloseTo(1654.9, 0)
  })

  it('costs least where it says', () => {
    const best = cheapestThreshold(spec)
    const cost = (threshold: number): number => atThreshold({ ...spec, threshold }).cost
    expect(cost(best)).toBeLessThan(cost(best + 1))
    expect(cost(best)).toBeLessThan(cost(best - 1))
  })
})

describe('isolation', () => {
  const end = (anomaly: IsolationCase, level: Level, order: string): { broken: boolean; aborted: number } => {
    const { broken, aborted } = runIsolation({ anomaly, level, order: `${order}ABABABAB` })
    return { broken, aborted }
  }

  it('stops what each level promises to stop', () => {
    expect(end('lost-update', 'read-committed', 'ABAB')).toEqual({ broken: true, aborted: 0 })
    expect(end('lost-update', 'repeatable-read', 'ABAB')).toEqual({ broken: false, aborted: 1 })
    expect(end('non-repeatable-read', 'read-committed', 'ABB')).toEqual({ broken: true, aborted: 0 })
    expect(end('non-repeatable-read', 'repeatable-read', 'ABB')).toEqual({ broken: false, aborted: 0 })
    expect(end('write-skew', 'repeatable-read', 'ABAB')).toEqual({ broken: true, aborted: 0 })
    expect(end('write-skew', 'serializable', 'ABAB')).toEqual({ broken: false, aborted: 1 })
  })

  it('never breaks a rule in serializable, in any order', () => {
    fc.assert(fc.property(fc.constantFrom<IsolationCase>('lost-update', 'non-repeatable-read', 'write-skew'), fc.array(fc.constantFrom('A', 'B'), { maxLength: 8 }), (anomaly, order) => !end(anomaly, 'serializable', order.join('')).broken))
  })
})

describe('STRIDE', () => {
  it('asks one question for each threat that applies to an element', () => {
    for (const { kind, questions } of Object.values(strideElements)) expect(Object.keys(questions)).toEqual([...threatsOf[kind]])
  })
})
