import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amdahlSpeedup, birthDeathProbabilities, erlangB, erlangC, littleNumber, littleTime, machineRepair, meanOverStates, mg1, mm1, mmc, mmcWaitQuantile, mmck, responseTimeOfUsers, utilisationOf } from './index.ts'

const servers = fc.integer({ min: 1, max: 60 })
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true })
const rate = fc.double({ min: 0.01, max: 1000, noNaN: true })

const near = (actual: number, expected: number, relative = 1e-9): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-300)

/** Erlang's formulas as printed in books, for sizes at which factorials still work. */
function bookErlang(count: number, load: number): { b: number; c: number } {
  let term = 1
  let sum = 1
  for (let state = 1; state <= count; state += 1) {
    term *= load / state
    sum += term
  }
  const queueing = (term * count) / (count - load)
  return { b: term / sum, c: queueing / (sum - term + queueing) }
}

describe('worked examples', () => {
  it('M/M/1 at 80%: four wait for each served, five service times in the system', () => {
    expect(mm1({ arrivalRate: 8, serviceRate: 10 })).toEqual({
      utilisation: 0.8,
      waitProbability: 0.8,
      lossProbability: 0,
      throughput: 8,
      meanWait: expect.closeTo(0.4, 12) as number,
      meanInSystem: expect.closeTo(0.5, 12) as number,
      meanQueueLength: expect.closeTo(3.2, 12) as number,
      meanNumber: expect.closeTo(4, 12) as number,
    })
  })
  it('Erlang tables: 10 lines at 5 erlangs lose 1.838%, 4 servers at 3.2 make 59.64% wait', () => {
    expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6)
    expect(erlangC(4, 3.2)).toBeCloseTo(0.596432, 6)
    expect(mmc({ arrivalRate: 3.2, serviceRate: 1, servers: 4 }).meanWait).toBeCloseTo(0.745541, 6)
  })
  it('M/D/1 waits half as long as M/M/1', () => {
    expect(mg1({ arrivalRate: 8, serviceRate: 10, cv2: 0 }).meanWait).toBeCloseTo(0.2, 12)
  })
  it('one of two machines broken: N = 2, Z = S = 1', () => {
    // States 0, 1, 2 have weights 1, 2, 2.
    const figures = machineRepair({ population: 2, thinkTime: 1, serviceTime: 1, servers: 1 })
    expect(figures.throughput).toBeCloseTo(0.8, 12)
    expect(figures.meanNumber).toBeCloseTo(1.2, 12)
    expect(figures.meanInSystem).toBeCloseTo(1.5, 12)
  })
  it('Amdahl: 95% parallel is 5.9 times faster on 8 workers and never 20 times', () => {
    expect(amdahlSpeedup({ parallelShare: 0.95, workers: 8 })).toBeCloseTo(5.925926, 6)
    expect(amdahlSpeedup({ parallelShare: 0.95, workers: Number.POSITIVE_INFINITY })).toBeCloseTo(20, 9)
    expect(amdahlSpeedup({ parallelShare: 1, workers: 7 })).toBeCloseTo(7, 12)
  })
})

describe('relations between the forms', () => {
  it('Erlang B and C are those of the books', () => {
    fc.assert(
      fc.property(servers, share, (count, busy) => {
        const load = busy * count
        const book = bookErlang(count, load)
        near(erlangB(count, load), book.b)
        near(erlangC(count, load), book.c, 1e-8)
      }),
    )
  })
  it('M/M/1 is M/M/c with one server, M/G/1 with cv 1, and M/M/1/K without a limit in reach', () => {
    fc.assert(
      fc.property(rate, share, (serviceRate, busy) => {
        const arrivalRate = serviceRate * busy
        const one = mm1({ arrivalRate, serviceRate })
        for (const other of [mmc({ arrivalRate, serviceRate, servers: 1 }), mg1({ arrivalRate, serviceRate, cv2: 1 }), mmck({ arrivalRate, serviceRate, servers: 1, capacity: 4000 })]) {
          near(other.meanWait, one.meanWait, 1e-6)
          near(other.waitProbability, one.waitProbability, 1e-6)
          near(other.throughput, one.throughput, 1e-6)
        }
      }),
    )
  })
  it('M/M/c/c is Erlang B, at any load', () => {
    fc.assert(
      fc.property(servers, rate, (count, load) => {
        const figures = mmck({ arrivalRate: load, serviceRate: 1, servers: count, capacity: count })
        near(figures.lossProbability, erlangB(count, load))
        expect(figures.meanWait).toBe(0)
        near(figures.meanInSystem, 1)
      }),
    )
  })
  it('Little and the utilisation law hold in every form', () => {
    fc.assert(
      fc.property(servers, fc.nat(80), rate, fc.double({ min: 0.01, max: 3, noNaN: true }), (count, room, serviceRate, load) => {
        const arrivalRate = load * count * serviceRate
        const figures = [mmck({ arrivalRate, serviceRate, servers: count, capacity: count + room }), ...(load < 1 ? [mmc({ arrivalRate, serviceRate, servers: count })] : [])]
        for (const { throughput, meanInSystem, meanNumber, meanWait, meanQueueLength, utilisation, lossProbability } of figures) {
          near(littleNumber({ throughput, meanTime: meanInSystem }), meanNumber)
          near(littleTime({ throughput, meanNumber: meanQueueLength }), meanWait)
          near(utilisationOf({ throughput, serviceTime: 1 / serviceRate, servers: count }), utilisation)
          near(meanInSystem - meanWait, 1 / serviceRate, 1e-6)
          expect(utilisation).toBeLessThanOrEqual(1 + 1e-12)
          near(throughput, arrivalRate * (1 - lossProbability), 1e-6)
        }
      }),
    )
  })
  it('the response time of users follows from their throughput', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), rate, rate, servers, (population, thinkTime, serviceTime, count) => {
        const { throughput, meanInSystem, meanNumber } = machineRepair({ population, thinkTime, serviceTime, servers: count })
        near(responseTimeOfUsers({ population, throughput, thinkTime }), meanInSystem, 1e-6 * Math.max(1, thinkTime / meanInSystem))
        near(meanNumber, throughput * meanInSystem)
      }),
    )
  })
  it('a wait quantile is where the tail has that share', () => {
    fc.assert(
      fc.property(servers, share, share, (count, busy, quantile) => {
        const queue = { arrivalRate: busy * count, serviceRate: 1, servers: count }
        const wait = mmcWaitQuantile({ ...queue, quantile })
        const tail = erlangC(count, busy * count) * Math.exp(-(count - busy * count) * wait)
        if (wait > 0) near(tail, 1 - quantile, 1e-6)
        else expect(tail).toBeLessThanOrEqual(1 - quantile)
      }),
    )
  })
})

describe('stability', () => {
  it('huge and tiny systems give finite, sane figures', () => {
    const pool = mmc({ arrivalRate: 99_900, serviceRate: 1, servers: 100_000 })
    expect(pool.waitProbability).toBeGreaterThan(0.1)
    expect(pool.waitProbability).toBeLessThan(1)
    expect(erlangB(100_000, 1e-3)).toBe(0)
    expect(erlangB(5, 1e300)).toBeCloseTo(1, 12)
    const flood = mmck({ arrivalRate: 1e6, serviceRate: 1, servers: 3, capacity: 5000 })
    expect(flood.throughput).toBeCloseTo(3, 9)
    expect(flood.lossProbability).toBeCloseTo(1 - 3e-6, 12)
    const probabilities = birthDeathProbabilities(() => 2, () => 1, 10_000)
    expect(meanOverStates(probabilities, () => 1)).toBeCloseTo(1, 12)
    expect(probabilities[10_000]).toBeCloseTo(0.5, 12)
  })
  it('without a limit, overload is endless and not an error', () => {
    for (const figures of [mm1({ arrivalRate: 2, serviceRate: 1 }), mmc({ arrivalRate: 8, serviceRate: 2, servers: 4 })]) {
      expect([figures.utilisation, figures.meanWait, figures.meanNumber]).toEqual([1, Infinity, Infinity])
    }
    expect(mmcWaitQuantile({ arrivalRate: 8, serviceRate: 2, servers: 4, quantile: 0.5 })).toBe(Infinity)
  })
  it.each([
    [() => mm1({ arrivalRate: -1, serviceRate: 1 })],
    [() => mmc({ arrivalRate: 1, serviceRate: 0, servers: 1 })],
    [() => mmc({ arrivalRate: 1, serviceRate: 1, servers: 1.5 })],
    [() => mmck({ arrivalRate: 1, serviceRate: 1, servers: 4, capacity: 3 })],
    [() => mg1({ arrivalRate: 1, serviceRate: 2, cv2: Number.NaN })],
    [() => machineRepair({ population: 0, thinkTime: 1, serviceTime: 1, servers: 1 })],
    [() => amdahlSpeedup({ parallelShare: 1.1, workers: 2 })],
    [() => amdahlSpeedup({ parallelShare: 0.5, workers: 0 })],
    [() => erlangB(2, -1)],
  ])('refuses %s', (call) => expect(call).toThrow(RangeError))
})
