/**
 * The engine against the closed forms. At every point the long-run value must lie within the 99.99% confidence interval
 * of 20 batch means. Points and seeds are fixed, so the tests pass or fail for good; the widths are tested too, as an
 * interval without bounds proves nothing.
 */
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { latestTimeUs, startRun } from '../engine/index.ts'
import type { Distribution, Simulation } from '../engine/index.ts'
import { birthDeathProbabilities, erlangB, machineRepair, meanOverStates, mg1, mmc, mmck } from '../theory/index.ts'
import { ClosedPopulation, OpenSource, Station, intervalOfMean } from './index.ts'
import type { Interval, StationAverages } from './index.ts'

const batches = 20
const confidence = 0.9999
const serviceMs = 100
const points = { numRuns: 24, seed: 20_260_303, endOnFailure: true }

type Measured = Record<keyof StationAverages, Interval>

const widths: number[] = []
afterAll(() => {
  const sorted = widths.toSorted((a, b) => a - b)
  expect(sorted.length).toBeGreaterThan(400)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(0.03)
})

/** Averages of batches of the same length, each counted on its own. */
function measure(station: Station, advance: (batch: number) => void): Measured {
  const seen: StationAverages[] = []
  advance(0)
  for (let batch = 1; batch <= batches; batch += 1) {
    station.resetCounts()
    advance(batch)
    seen.push(station.averages())
  }
  const intervalOf = (key: keyof StationAverages): Interval => intervalOfMean(seen.map((averages) => averages[key]), confidence)
  return {
    utilisation: intervalOf('utilisation'),
    lossProbability: intervalOf('lossProbability'),
    throughputPerSecond: intervalOf('throughputPerSecond'),
    meanWaitUs: intervalOf('meanWaitUs'),
    meanInSystemUs: intervalOf('meanInSystemUs'),
    meanNumber: intervalOf('meanNumber'),
    meanQueueLength: intervalOf('meanQueueLength'),
  }
}

interface OpenPoint {
  servers: number
  /** Of all servers. */
  load: number
  capacity?: number
  joinProbability?: number
  service?: Distribution
  seed: number
}

const exponential: Distribution = { kind: 'exponential', meanMs: serviceMs }

function measureOpen(point: OpenPoint, requests: number): Measured {
  const { simulation, world } = startRun({
    seed: point.seed,
    build: (building: Simulation) => {
      const station = new Station(building, {
        name: 'station',
        servers: point.servers,
        service: point.service ?? exponential,
        capacity: point.capacity ?? Number.POSITIVE_INFINITY,
        joinProbability: point.joinProbability ?? 1,
      })
      const source = new OpenSource(building, { name: 'source', gap: { kind: 'exponential', meanMs: serviceMs / point.load / point.servers }, outlet: station })
      return { station, source }
    },
  })
  return measure(world.station, (batch) => {
    world.source.pauseAfter(Math.round((requests * (batch + 1)) / batches))
    simulation.runUntil(latestTimeUs)
  })
}

/** The rates of a point, a second. */
function ratesOf({ servers, load }: OpenPoint): { arrivalRate: number; serviceRate: number; servers: number } {
  return { arrivalRate: (load * servers * 1000) / serviceMs, serviceRate: 1000 / serviceMs, servers }
}

/** A batch must see hundreds of what is averaged, or its mean is far from normal and the interval means nothing. */
const leastShare = 0.02

function expectWithin(measured: Measured, expected: Partial<Record<keyof StationAverages, number>>): void {
  for (const [key, value] of Object.entries(expected) as [keyof StationAverages, number][]) {
    const { mean, halfWidth } = measured[key]
    if (Math.abs(mean - value) > halfWidth + 1e-6 * value) expect.fail(`${key}: measured ${mean} +- ${halfWidth}, expected ${value}`)
    if (value > 0) widths.push(halfWidth / value)
  }
}

const seed = fc.nat(1e9)
const servers = fc.integer({ min: 1, max: 32 })

describe('open queues', () => {
  it('M/M/1 and M/M/c', () => {
    fc.assert(
      fc.property(fc.record({ servers: fc.oneof(fc.constant(1), servers), load: fc.double({ min: 0.1, max: 0.9, noNaN: true }), seed }), (point) => {
        const figures = mmc(ratesOf(point))
        expectWithin(measureOpen(point, 160_000), {
          utilisation: figures.utilisation,
          throughputPerSecond: figures.throughput,
          meanInSystemUs: figures.meanInSystem * 1e6,
          meanNumber: figures.meanNumber,
          lossProbability: 0,
          ...(figures.waitProbability > leastShare ? { meanWaitUs: figures.meanWait * 1e6, meanQueueLength: figures.meanQueueLength } : {}),
        })
      }),
      points,
    )
  })

  it('M/M/c/K, from idle to three times overloaded', () => {
    fc.assert(
      fc.property(fc.record({ servers, room: fc.nat(20), load: fc.double({ min: 0.3, max: 3, noNaN: true }), seed }), ({ room, ...rest }) => {
        const point = { ...rest, capacity: rest.servers + room }
        const figures = mmck({ ...ratesOf(point), capacity: point.capacity })
        expectWithin(measureOpen(point, 120_000), {
          utilisation: figures.utilisation,
          throughputPerSecond: figures.throughput,
          meanInSystemUs: figures.meanInSystem * 1e6,
          meanNumber: figures.meanNumber,
          ...(figures.waitProbability > leastShare ? { meanWaitUs: figures.meanWait * 1e6 } : {}),
          ...(figures.lossProbability > leastShare ? { lossProbability: figures.lossProbability } : {}),
        })
      }),
      points,
    )
  })

  const generals: Distribution[] = [
    { kind: 'deterministic', ms: serviceMs },
    { kind: 'gamma', meanMs: serviceMs, cv: 0.5 },
    { kind: 'gamma', meanMs: serviceMs, cv: 1.6 },
    { kind: 'lognormal', meanMs: serviceMs, cv: 0.8 },
    { kind: 'uniform', minMs: 0, maxMs: 2 * serviceMs },
    { kind: 'empirical', valuesMs: [serviceMs / 2, serviceMs * 5.5], weights: [9, 1] },
  ]
  it('M/G/1', () => {
    fc.assert(
      fc.property(fc.constantFrom(...generals), fc.double({ min: 0.1, max: 0.85, noNaN: true }), seed, (service, load, chosen) => {
        const cv2 = { deterministic: 0, gamma: 'cv' in service ? service.cv ** 2 : 0, lognormal: 0.64, uniform: 1 / 3, empirical: 2.25 }[service.kind as 'gamma']
        const figures = mg1({ ...ratesOf({ servers: 1, load, seed: chosen }), cv2 })
        expectWithin(measureOpen({ servers: 1, load, service, seed: chosen }, 200_000), {
          utilisation: figures.utilisation,
          meanWaitUs: figures.meanWait * 1e6,
          meanInSystemUs: figures.meanInSystem * 1e6,
          meanNumber: figures.meanNumber,
        })
      }),
      points,
    )
  })

  it('M/G/c/c loses by Erlang B, whatever the service distribution', () => {
    fc.assert(
      fc.property(fc.constantFrom(...generals), servers, fc.double({ min: 0.6, max: 2, noNaN: true }), seed, (service, count, load, chosen) => {
        expectWithin(measureOpen({ servers: count, load, capacity: count, service, seed: chosen }, 120_000), {
          lossProbability: erlangB(count, load * count),
          utilisation: load * (1 - erlangB(count, load * count)),
          meanWaitUs: 0,
        })
      }),
      points,
    )
  })

  it('balking thins the stream while every server is busy', () => {
    fc.assert(
      fc.property(fc.record({ servers, load: fc.double({ min: 0.5, max: 1.2, noNaN: true }), joinProbability: fc.double({ min: 0, max: 0.75, noNaN: true }), seed }), (point) => {
        const { arrivalRate, serviceRate } = ratesOf(point)
        const probabilities = birthDeathProbabilities(
          (state) => (state < point.servers ? arrivalRate : arrivalRate * point.joinProbability),
          (state) => serviceRate * Math.min(state, point.servers),
          point.servers + 500,
        )
        expectWithin(measureOpen(point, 120_000), {
          lossProbability: (1 - point.joinProbability) * meanOverStates(probabilities, (state) => (state >= point.servers ? 1 : 0)),
          meanNumber: meanOverStates(probabilities, (state) => state),
        })
      }),
      points,
    )
  })

  it('two stations in a row are each as if alone (Burke, Jackson)', () => {
    const { simulation, world } = startRun({
      seed: 12,
      build: (building: Simulation) => {
        const second = new Station(building, { name: 'second', servers: 3, service: exponential })
        const first = new Station(building, { name: 'first', servers: 1, service: { kind: 'exponential', meanMs: 30 }, served: second })
        return { second, source: new OpenSource(building, { name: 'source', gap: { kind: 'exponential', meanMs: 50 }, outlet: first }) }
      },
    })
    const measured = measure(world.second, (batch) => {
      world.source.pauseAfter(20_000 * (batch + 1))
      simulation.runUntil(latestTimeUs)
    })
    const figures = mmc({ arrivalRate: 20, serviceRate: 10, servers: 3 })
    expectWithin(measured, { meanWaitUs: figures.meanWait * 1e6, meanNumber: figures.meanNumber, throughputPerSecond: 20 })
  })

  it('is sharp: two million requests through M/M/4 at 60% hit the mean wait within 1%', () => {
    const point = { servers: 4, load: 0.6, seed: 1 }
    const { mean } = measureOpen(point, 2_000_000).meanWaitUs
    expect(mean / 1e6 / mmc(ratesOf(point)).meanWait).toBeCloseTo(1, 2)
  })
})

describe('closed queues', () => {
  const thinks: ((meanMs: number) => Distribution)[] = [(meanMs) => ({ kind: 'exponential', meanMs }), (ms) => ({ kind: 'deterministic', ms }), (meanMs) => ({ kind: 'gamma', meanMs, cv: 0.5 })]
  it('machine repair, whatever the distribution of thinking', () => {
    fc.assert(
      fc.property(fc.constantFrom(...thinks), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), fc.double({ min: 20, max: 3000, noNaN: true }), seed, (think, population, count, thinkMs, chosen) => {
        const { simulation, world } = startRun({
          seed: chosen,
          build: (building: Simulation) => {
            const users = new ClosedPopulation(building, { name: 'users', population, think: think(thinkMs) })
            const station = new Station(building, { name: 'station', servers: count, service: exponential, served: users })
            users.connect(station)
            return station
          },
        })
        const figures = machineRepair({ population, thinkTime: thinkMs / 1000, serviceTime: serviceMs / 1000, servers: count })
        const batchUs = Math.round((6000 / figures.throughput) * 1e6)
        const measured = measure(world, () => simulation.runUntil(simulation.nowUs + batchUs))
        expectWithin(measured, {
          throughputPerSecond: figures.throughput,
          utilisation: figures.utilisation,
          meanInSystemUs: figures.meanInSystem * 1e6,
          meanNumber: figures.meanNumber,
          ...(figures.meanWait * 1000 > leastShare * serviceMs ? { meanWaitUs: figures.meanWait * 1e6 } : {}),
        })
      }),
      points,
    )
  })
})
