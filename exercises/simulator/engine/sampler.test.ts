import { describe, expect, it } from 'vitest'
import { RandomStream, Sampler, distributionSchema, longestSampleUs } from './index.ts'
import type { Distribution } from './index.ts'

const draws = 200_000

/** Every kind, with its mean in ms and its squared coefficient of variation worked out apart from the code. */
const cases: [Distribution, number, number][] = [
  [{ kind: 'deterministic', ms: 3 }, 3, 0],
  [{ kind: 'deterministic', ms: 0 }, 0, 0],
  [{ kind: 'uniform', minMs: 2, maxMs: 6 }, 4, 1 / 12],
  [{ kind: 'exponential', meanMs: 25 }, 25, 1],
  [{ kind: 'lognormal', p50Ms: 10, p99Ms: 80 }, 10 * Math.exp((Math.log(8) / 2.3263478740408408) ** 2 / 2), Math.expm1((Math.log(8) / 2.3263478740408408) ** 2)],
  [{ kind: 'lognormal', p50Ms: 10, p99Ms: 10 }, 10, 0],
  [{ kind: 'lognormal', meanMs: 40, cv: 0.8 }, 40, 0.64],
  [{ kind: 'gamma', meanMs: 30, cv: 0.5 }, 30, 0.25],
  [{ kind: 'gamma', meanMs: 30, cv: 2 }, 30, 4],
  [{ kind: 'pareto', minMs: 10, shape: 5 }, 12.5, 1 / 15],
  // Density x^-2 / 0.99 on 1..100: mean ln(100) / 0.99, second moment 100.
  [{ kind: 'pareto', minMs: 1, shape: 1, maxMs: 100 }, Math.log(100) / 0.99, 100 / (Math.log(100) / 0.99) ** 2 - 1],
  [{ kind: 'pareto', minMs: 1, shape: 2, maxMs: 10 }, 20 / 11, (2 * Math.log(10) / 0.99) / (20 / 11) ** 2 - 1],
  [{ kind: 'empirical', valuesMs: [1, 2, 3, 4] }, 2.5, 0.2],
  [{ kind: 'empirical', valuesMs: [1, 50, 100], weights: [9, 0, 1] }, 10.9, 1000.9 / 118.81 - 1],
  [
    {
      kind: 'percentiles',
      points: [
        [0, 0],
        [50, 10],
        [100, 30],
      ],
    },
    12.5,
    (0.5 * (100 / 3) + 0.5 * (1300 / 3)) / 156.25 - 1,
  ],
]

describe('a sampler', () => {
  it.each(cases)('%j has its mean and variation, as told and as drawn', (distribution, meanMs, cv2) => {
    expect(distributionSchema.parse(distribution)).toEqual(distribution)
    const sampler = new Sampler(distribution)
    expect(sampler.meanUs).toBeCloseTo(meanMs * 1000, 6)
    expect(sampler.cv2).toBeCloseTo(cv2, 9)
    const stream = new RandomStream(1, JSON.stringify(distribution))
    let sum = 0
    let squares = 0
    for (let index = 0; index < draws; index += 1) {
      const sample = sampler.sampleUs(stream)
      sum += sample
      squares += sample * sample
    }
    const mean = sum / draws
    const error = (4 * meanMs * 1000 * Math.sqrt(cv2)) / Math.sqrt(draws)
    expect(Math.abs(mean - meanMs * 1000)).toBeLessThanOrEqual(error + 0.01)
    if (cv2 > 0) expect(squares / draws / (mean * mean) - 1).toBeCloseTo(cv2, cv2 > 1 ? -0.5 : 1)
  })

  it('meets the two percentiles that a lognormal is given by', () => {
    const sampler = new Sampler({ kind: 'lognormal', p50Ms: 12, p99Ms: 90 })
    const stream = new RandomStream(5, 'percentiles')
    const samples = Float64Array.from({ length: draws }, () => sampler.sampleUs(stream))
    for (const [share, us] of [
      [0.5, 12_000],
      [0.99, 90_000],
    ] as const) {
      const below = samples.filter((sample) => sample < us).length / draws
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws))
    }
  })

  it('keeps within bounds: a cut tail is below its cut, an uncut one within the clock', () => {
    const stream = new RandomStream(5, 'tails')
    const cut = new Sampler({ kind: 'pareto', minMs: 1, shape: 0.5, maxMs: 1000 })
    const uncut = new Sampler({ kind: 'pareto', minMs: 1, shape: 0.1 })
    expect([uncut.meanUs, uncut.cv2, new Sampler({ kind: 'pareto', minMs: 1, shape: 1.5 }).cv2]).toEqual([Infinity, Infinity, Infinity])
    const samples = Float64Array.from({ length: draws }, () => cut.sampleUs(stream)).sort()
    expect(samples[0]).toBeGreaterThanOrEqual(1000)
    expect(samples.at(-1)).toBeLessThanOrEqual(1_000_000)
    expect(Float64Array.from({ length: draws }, () => uncut.sampleUs(stream)).sort().at(-1)).toBe(longestSampleUs)
  })

  it('draws once whatever its parameters, so that a slower dependency meets the same requests', () => {
    for (const [kind, slow] of [
      [{ kind: 'lognormal', p50Ms: 1, p99Ms: 2 }, { kind: 'lognormal', p50Ms: 100, p99Ms: 900 }],
      [{ kind: 'exponential', meanMs: 1 }, { kind: 'exponential', meanMs: 50 }],
    ] satisfies [Distribution, Distribution][]) {
      const [one, two] = [new RandomStream(1, 'x'), new RandomStream(1, 'x')]
      const [fast, slower] = [new Sampler(kind), new Sampler(slow)]
      for (let index = 0; index < 1000; index += 1) expect(slower.sampleUs(two)).toBeGreaterThan(fast.sampleUs(one))
      expect(two.uint32()).toBe(one.uint32())
    }
  })
})

describe('the schema', () => {
  it.each([
    [{ kind: 'deterministic', ms: -1 }],
    [{ kind: 'uniform', minMs: 3, maxMs: 2 }],
    [{ kind: 'exponential', meanMs: 0 }],
    [{ kind: 'lognormal', p50Ms: 10, p99Ms: 9 }],
    [{ kind: 'lognormal', p50Ms: 10, cv: 1 }],
    [{ kind: 'gamma', meanMs: 1, cv: 0 }],
    [{ kind: 'pareto', minMs: 2, shape: 1, maxMs: 2 }],
    [{ kind: 'empirical', valuesMs: [] }],
    [{ kind: 'empirical', valuesMs: [1], weights: [0] }],
    [{ kind: 'empirical', valuesMs: [1], weights: [1, 2] }],
    [{ kind: 'percentiles', points: [[0, 1], [99, 2]] }],
    [{ kind: 'percentiles', points: [[0, 1], [50, 3], [100, 2]] }],
    [{ kind: 'normal', meanMs: 1 }],
    [{ kind: 'exponential', meanMs: 1, cv: 2 }],
  ])('refuses %j', (value) => expect(distributionSchema.safeParse(value).success).toBe(false))
})
