import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashState, startRun } from '../engine/index.ts'
import type { Component, Distribution, Simulation } from '../engine/index.ts'
import { amdahlSpeedup } from '../theory/index.ts'
import { OpenSource, Station } from './index.ts'
import type { Outlet } from './index.ts'

/** Sends customers at given times. */
class Feeder implements Component {
  private readonly outlet: Outlet
  constructor(simulation: Simulation, outlet: Outlet, timesUs: readonly number[]) {
    this.outlet = outlet
    const id = simulation.register('feeder', this)
    for (const [customer, timeUs] of timesUs.entries()) simulation.scheduleAt(timeUs, id, 0, customer)
  }
  handle(_kind: number, customer: number): void {
    this.outlet.accept(customer)
  }
  save(): object {
    return {}
  }
  load(): void {}
}

/** Notes who came when. */
class Gate implements Outlet {
  readonly came: { customer: number; timeUs: number }[] = []
  private readonly simulation: Simulation
  constructor(simulation: Simulation) {
    this.simulation = simulation
  }
  accept(customer: number): void {
    this.came.push({ customer, timeUs: this.simulation.nowUs })
  }
}

const distribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ kind: fc.constant('deterministic' as const), ms: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('exponential' as const), meanMs: fc.double({ min: 0.1, max: 20, noNaN: true }) }),
  fc.record({ kind: fc.constant('pareto' as const), minMs: fc.double({ min: 0.1, max: 5, noNaN: true }), shape: fc.double({ min: 0.8, max: 3, noNaN: true }) }),
)
const scenario = fc.record({
  timesUs: fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 200, size: 'max' }),
  service: distribution,
  servers: fc.integer({ min: 1, max: 5 }),
  room: fc.oneof(fc.nat(10), fc.constant(Number.POSITIVE_INFINITY)),
  joinProbability: fc.constantFrom(1, 0.5, 0),
  seed: fc.nat(),
})

describe('a station, from empty to empty', () => {
  it('obeys Little and the utilisation law to the microsecond, and loses nobody unseen', () => {
    fc.assert(
      fc.property(scenario, ({ timesUs, service, servers, room, joinProbability, seed }) => {
        const { simulation, world } = startRun({
          seed,
          build: (building: Simulation) => {
            const served = new Gate(building)
            const turnedAway = new Gate(building)
            const station = new Station(building, { name: 'station', servers, service, capacity: servers + room, joinProbability, served, turnedAway })
            new Feeder(building, station, timesUs)
            return { station, served, turnedAway }
          },
        })
        let most = 0
        while (simulation.step()) most = Math.max(most, world.station.number)
        expect(most).toBeLessThanOrEqual(servers + room)
        const counts = world.station.counts()
        expect(counts.numberAreaUs).toBe(counts.inSystemSumUs)
        expect(counts.busyAreaUs).toBe(counts.inSystemSumUs - counts.waitSumUs)
        expect(counts.offered).toBe(timesUs.length)
        expect(counts.completed + counts.lost + counts.balked).toBe(timesUs.length)
        const everyone = [...world.served.came, ...world.turnedAway.came].map(({ customer }) => customer)
        expect(everyone.toSorted((a, b) => a - b)).toEqual(timesUs.map((_, customer) => customer))
        expect(world.station.number).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  it('serves first come, first served', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 100, size: 'max' }), (times) => {
        const timesUs = times.toSorted((a, b) => a - b)
        const { simulation, world } = startRun({
          seed: 1,
          build: (building: Simulation) => {
            const gate = new Gate(building)
            new Feeder(building, new Station(building, { name: 'station', servers: 1, service: { kind: 'deterministic', ms: 0.1 }, served: gate }), timesUs)
            return gate
          },
        })
        simulation.runUntil(1_000_000)
        // Lindley: a customer leaves one service after coming, or after the one before left.
        let leftUs = 0
        const expected = timesUs.map((timeUs, customer) => ({ customer, timeUs: (leftUs = Math.max(timeUs, leftUs) + 100) }))
        expect(world.came).toEqual(expected)
      }),
    )
  })
})

describe('a parallel stage', () => {
  it.each([1, 2, 4, 10, 100])('split over %i workers is as much faster as Amdahl says', (workers) => {
    const parallelShare = 0.9
    const partMs = 900 / 100
    const { simulation, world } = startRun({
      seed: 1,
      build: (building: Simulation) => {
        const done = new Gate(building)
        const parallel = new Station(building, { name: 'parallel', servers: workers, service: { kind: 'deterministic', ms: partMs }, served: done })
        const fork: Outlet = {
          accept: () => {
            for (let part = 0; part < 100; part += 1) parallel.accept(part)
          },
        }
        new Feeder(building, new Station(building, { name: 'serial', servers: 1, service: { kind: 'deterministic', ms: 100 }, served: fork }), [0])
        return done
      },
    })
    simulation.runUntil(10_000_000)
    expect(1_000_000 / world.came.at(-1)!.timeUs).toBeCloseTo(amdahlSpeedup({ parallelShare, workers }), 9)
  })
})

describe('repeatability', () => {
  const start = (seed: number) =>
    startRun({
      seed,
      build: (building: Simulation) => {
        const station = new Station(building, { name: 'station', servers: 2, capacity: 30, joinProbability: 0.9, service: { kind: 'lognormal', p50Ms: 8, p99Ms: 60 } })
        return { station, source: new OpenSource(building, { name: 'source', gap: { kind: 'exponential', meanMs: 5 }, outlet: station }) }
      },
    })

  it('a fork or a snapshot in the middle ends as the whole run does', () => {
    const whole = start(1)
    whole.simulation.runUntil(2_000_000)
    for (const atUs of [0, 1, 333_333, 1_999_999]) {
      const cut = start(1)
      cut.simulation.runUntil(atUs)
      const fork = cut.fork()
      fork.simulation.runUntil(2_000_000)
      expect(hashState(fork.simulation.save())).toBe(hashState(whole.simulation.save()))
      expect(fork.world.station.averages()).toEqual(whole.world.station.averages())
    }
  })

  it('has the figures that it had on every machine before', () => {
    const run = start(7)
    run.simulation.runUntil(60_000_000)
    expect(run.world.station.counts()).toEqual({
      fromUs: 0,
      offered: 11_809,
      lost: 484,
      balked: 1157,
      started: 10_142,
      waitSumUs: 842_000_463,
      completed: 10_140,
      inSystemSumUs: 958_676_721,
      busyAreaUs: 117_100_210,
      numberAreaUs: 961_922_253,
    })
  })
})
