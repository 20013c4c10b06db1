import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { speedup } from './amdahl.ts'
import { chainAvailability, downMinutes } from './availability-chain.ts'
import { burnBudget } from './error-budget-burn.ts'
import { weighEvidence } from './evidence.ts'
import { doublingMinutes, runLoop, smoothGain, stableGain } from './feedback-loop.ts'
import { countSeries } from './metric-cardinality.ts'
import { quorum } from './quorum.ts'
import { runStorm } from './retry-storm.ts'
import { attemptsAt, retryTiers } from './retry-amplification.ts'
import { allowedSlow, fanOut } from './tail-fan-out.ts'
import { sampleTraces } from './trace-sampling.ts'

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

describe('evidence', () => {
  it('turns 2 : 1 into 1 : 2 with a likelihood ratio of 1/4', () => {
    const { posterior, ratio } = weighEvidence({ prior: { a: 60, b: 30, other: 10 }, seen: { a: 0.2, b: 0.8, other: 0.5 } })
    expect(ratio).toBe(0.25)
    expect(posterior.a / posterior.b).toBeCloseTo(0.5, 12)
  })

  it('sums to one, moves odds by the ratio, and takes observations one by one or together', () => {
    fc.assert(
      fc.property(share, share, share, share, share, share, fc.integer({ min: 1, max: 5 }), (a, b, other, seenA, seenB, seenOther, times) => {
        const prior = { a, b, other }
        const seen = { a: seenA, b: seenB, other: seenOther }
        const { posterior } = weighEvidence({ prior, seen, times })
        expect(posterior.a + posterior.b + posterior.other).toBeCloseTo(1, 9)
        let step = prior
        for (let index = 0; index < times; index += 1) step = weighEvidence({ prior: step, seen }).posterior
        expect(step.a).toBeCloseTo(posterior.a, 9)
      }),
    )
  })

  it('leaves belief as it was when all explain it alike, and says so when none can', () => {
    expect(weighEvidence({ prior: { a: 3, b: 1, other: 0 }, seen: { a: 0.4, b: 0.4, other: 0.4 } }).posterior).toEqual({ a: expect.closeTo(0.75, 12), b: expect.closeTo(0.25, 12), other: 0 })
    expect(weighEvidence({ prior: { a: 1, b: 1, other: 1 }, seen: { a: 0, b: 0, other: 0 } }).impossible).toBe(true)
  })
})

describe('retries', () => {
  it('make 64 calls of one through three tiers with three retries', () => {
    expect(retryTiers([4, 4, 4], 1)).toEqual({ tiers: [{ calls: 4, failing: 1 }, { calls: 16, failing: 1 }, { calls: 64, failing: 1 }], calls: 64, success: 0 })
    expect(retryTiers(attemptsAt({ tiers: 3, retries: 3, where: 'edge' }), 1).calls).toBe(4)
  })

  it('cost nothing while all is well, and never more than the product of attempts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, failing) => {
        const { calls, success } = retryTiers(attempts, failing)
        const most = attempts.reduce((product, each) => product * each, 1)
        expect(calls).toBeLessThanOrEqual(most * (1 + 1e-9))
        expect(calls).toBeGreaterThanOrEqual(1)
        expect(success).toBeCloseTo(1 - failing ** most, 9)
        expect(retryTiers(attempts, 0).calls).toBe(1)
      }),
    )
  })
})

describe('feedback loops', () => {
  it('settle below the critical strength and swing wider above it', () => {
    expect([0, 1, 2, 3].map((delay) => Number(stableGain(delay).toFixed(3)))).toEqual([2, 1, 0.618, 0.445])
    for (const delay of [0, 1, 2, 3, 5]) {
      const swing = (gain: number): number => {
        const { values } = runLoop({ loop: 'balancing', gain, delay, target: 100 })
        const last = values.slice(-20)
        return Math.max(...last) - Math.min(...last)
      }
      expect(swing(stableGain(delay) * 0.8)).toBeLessThan(swing(stableGain(delay) * 1.05))
      expect(runLoop({ loop: 'balancing', gain: smoothGain(delay) * 0.99, delay, target: 100 }).overshoot).toBeLessThan(1e-6)
    }
  })

  it('double by the rule', () => {
    expect(doublingMinutes(1)).toBe(1)
    expect(runLoop({ loop: 'reinforcing', gain: 1, delay: 0, target: 20 }).values[4]).toBe(16)
  })
})

describe('a retry storm', () => {
  const minute = (values: readonly number[], at: number): number => Math.round(values.slice(at * 60, at * 60 + 60).reduce((sum, each) => sum + each, 0) / 60)

  it('outlives its push when tries × load is above the capacity and answers come late', () => {
    const storm = runStorm({ load: 30, tries: 3, queue: 500, pauseS: 0 })
    expect([0, 1, 2, 9].map((at) => `${minute(storm.sent, at)} -> ${minute(storm.inTime, at)}`)).toEqual(['30 -> 30', '257 -> 3', '94 -> 0', '90 -> 0'])
    expect(storm.ends).toBe(false)
    expect(runStorm({ load: 30, tries: 2, queue: 500, pauseS: 20 }).ends).toBe(false)
  })

  it('ends with one try, with less load, or with a queue no longer than the callers wait', () => {
    for (const change of [{ tries: 1 }, { load: 15 }, { queue: 50 }]) expect(runStorm({ load: 30, tries: 3, queue: 500, pauseS: 0, ...change }).ends).toBe(true)
  })
})

describe('an error budget', () => {
  it('of 99.9% over 30 days is 43.2 minutes, gone in 3 days at 1% errors', () => {
    const burn = burnBudget({ slo: 99.9, windowDays: 30, errorPercent: 1, spentPercent: 0 })
    expect(burn.rate).toBeCloseTo(10, 9)
    expect(burn.budgetMinutes).toBeCloseTo(43.2, 9)
    expect(burn.exhaustedHours).toBeCloseTo(72, 9)
    expect(burn.alerts.map(({ burn: needed }) => Number(needed.toFixed(6)))).toEqual([14.4, 6, 1])
    expect(burn.alerts.map(({ afterMinutes }) => afterMinutes === null)).toEqual([true, false, false])
    expect(burn.alerts[1]?.afterMinutes).toBeCloseTo(216, 6)
  })

  it('alerts within their own window, always', () => {
    fc.assert(
      fc.property(fc.double({ min: 90, max: 99.99, noNaN: true }), fc.integer({ min: 7, max: 90 }), fc.double({ min: 0.01, max: 100, noNaN: true }), (slo, windowDays, errorPercent) => {
        const { alerts } = burnBudget({ slo, windowDays, errorPercent, spentPercent: 0 })
        for (const [index, hours] of [1, 6, 72].entries()) expect(alerts[index]?.afterMinutes ?? 0).toBeLessThanOrEqual(hours * 60 * (1 + 1e-6))
      }),
    )
  })
})

describe('sampling of traces', () => {
  it('keeps a rare error seldom at the head and always at the tail, if memory lasts', () => {
    const sampled = sampleTraces({ rate: 1000, errors: 3, headPercent: 1, basePercent: 1, waitS: 30, memory: 50_000 })
    expect(sampled.headKept).toBeCloseTo(0.029701, 6)
    expect(sampled.tailKept).toBe(1)
    expect(sampled.heldS).toBe(50)
    expect(sampleTraces({ rate: 2000, errors: 3, headPercent: 1, basePercent: 1, waitS: 30, memory: 50_000 })).toMatchObject({ tailKept: 0, tooSmall: true })
  })
})

describe('cardinality', () => {
  it('multiplies', () => {
    const labels = { methods: 4, routes: 40, statuses: 6, pods: 20, users: 1 }
    expect(countSeries({ labels, usedPercent: 100, kind: 'counter', seriesKib: 4 })).toEqual({ combinations: 19_200, perCombination: 1, series: 19_200, memoryMib: 75 })
    expect(countSeries({ labels: { ...labels, users: 1000 }, usedPercent: 100, kind: 'histogram', seriesKib: 4 }).series).toBe(19_200 * 1000 * 14)
  })
})

describe('speed-up', () => {
  it('follows Amdahl without coordination and turns down with it', () => {
    expect(speedup({ parallelShare: 0.95, workers: 8, crosstalk: 0 })).toMatchObject({ speedup: expect.closeTo(1 / (0.05 + 0.95 / 8), 9), limit: expect.closeTo(20, 9) })
    const { best } = speedup({ parallelShare: 0.95, workers: 8, crosstalk: 0.001 })
    const at = (workers: number): number => speedup({ parallelShare: 0.95, workers, crosstalk: 0.001 }).speedup
    expect(at(best)).toBeGreaterThan(at(best * 1.1))
    expect(at(best)).toBeGreaterThan(at(best / 1.1))
  })
})

describe('fan-out', () => {
  it('makes 63% of answers slow from 1% of 100 calls', () => {
    expect(fanOut({ calls: 100, slow: 0.01, hedged: false }).slowAnswers).toBeCloseTo(0.63397, 5)
    expect(fanOut({ calls: 100, slow: 0.01, hedged: true }).slowAnswers).toBeCloseTo(0.00995, 5)
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), share, (calls, fast) => Math.abs(1 - fanOut({ calls, slow: allowedSlow({ calls, fastAnswers: fast }), hedged: false }).slowAnswers - fast) < 1e-9))
  })
})

describe('availability', () => {
  it('falls with parts and rises with copies, unless they fail together', () => {
    const chain = (over: Partial<Parameters<typeof chainAvailability>[0]>): number => chainAvailability({ parts: 5, part: 0.999, copies: 1, common: 0, ...over }).whole
    expect(chain({})).toBeCloseTo(0.995009990004999, 12)
    expect(chain({ copies: 2 })).toBeCloseTo((1 - 1e-6) ** 5, 12)
    expect(chain({ copies: 2, common: 1 })).toBeCloseTo(chain({}), 12)
    expect(downMinutes(0.999, 30)).toBeCloseTo(43.2, 9)
  })
})

describe('quorums', () => {
  it('overlap when R + W > N, and only then never miss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (copies, w, r) => {
        const { overlap, miss } = quorum({ copies, writes: Math.min(w, copies), reads: Math.min(r, copies), up: 0.99 })
        expect(miss === 0).toBe(overlap > 0)
      }),
    )
    expect(quorum({ copies: 3, writes: 1, reads: 1, up: 0.99 }).miss).toBeCloseTo(2 / 3, 12)
    expect(quorum({ copies: 3, writes: 2, reads: 2, up: 0.99 }).canRead).toBeCloseTo(0.999702, 9)
  })
})
