import { latestTimeUs, startRun } from '../engine/index.ts'
import type { Distribution, Run, Simulation } from '../engine/index.ts'
import { intervalOfMean } from './confidence.ts'
import type { Interval } from './confidence.ts'
import { OpenSource } from './sources.ts'
import { Station } from './station.ts'

/** An M/G/c/K queue and how long to watch it. Rates per unit of time; results are in that unit. */
export interface OpenQueueOptions {
  readonly arrivalRate: number
  /** Of one server. */
  readonly serviceRate: number
  readonly servers: number
  /** Most in the system, in service and waiting. Infinity when left out. */
  readonly capacity?: number
  /** Squared coefficient of variation of the service time: 0 is fixed, 1 exponential (when left out), others gamma. */
  readonly cv2?: number
  readonly seed: number | string
  /** Arrivals in all. */
  readonly requests: number
  /** How many of the first arrivals are not measured, as the queue starts empty. */
  readonly warmUp: number
}

/** What was measured, after the warm-up and up to the last arrival. */
export interface OpenQueueResult {
  readonly meanWait: number
  readonly meanInSystem: number
  readonly utilisation: number
  readonly lossProbability: number
  readonly throughput: number
  /** 95% confidence of the mean wait, by 20 batch means. */
  readonly waitInterval: Interval
}

/** Microseconds that the shorter of the mean gap and the mean service becomes: long enough that rounding is not seen. */
const wantedScaleUs = 1e5
/** Below this, rounding would be more than one part in 100,000. */
const leastScaleUs = 100
/** Half of the clock, so that chance cannot run past its end. */
const horizonUs = latestTimeUs / 2
const batchCount = 20

/** Arrivals that `measureOpenQueue` can watch at most for these rates. A slow arrival stream uses up the clock sooner. */
export function mostRequests({ arrivalRate, serviceRate }: { arrivalRate: number; serviceRate: number }): number {
  const shorter = Math.min(1 / arrivalRate, 1 / serviceRate)
  return Math.min(1e9, Math.floor((horizonUs / leastScaleUs) * shorter * Math.min(arrivalRate, serviceRate)))
}

/**
 * Simulates the queue and measures it.
 * @throws RangeError for more requests than `mostRequests` or a warm-up that leaves fewer than one request a batch
 */
export function measureOpenQueue(options: OpenQueueOptions): OpenQueueResult {
  const { requests, warmUp } = options
  if (requests > mostRequests(options)) throw new RangeError(`The clock holds ${mostRequests(options)} requests at these rates, not ${requests}.`)
  if (requests - warmUp < batchCount) throw new RangeError(`At least ${batchCount} requests must be measured, not ${requests - warmUp}.`)
  const unitUs = unitOf(options)
  const { simulation, world } = startOpenQueue(options, unitUs)
  const { source, station } = world
  const advanceTo = (arrivals: number): void => {
    source.pauseAfter(arrivals)
    simulation.runUntil(latestTimeUs)
  }
  if (warmUp > 0) advanceTo(warmUp)
  station.resetCounts()
  // Batches are cut out of running totals, so that the averages are over all of them.
  const waits: number[] = []
  let before = station.counts()
  for (let batch = 1; batch <= batchCount; batch += 1) {
    advanceTo(warmUp + Math.round(((requests - warmUp) * batch) / batchCount))
    const after = station.counts()
    if (after.started > before.started) waits.push((after.waitSumUs - before.waitSumUs) / (after.started - before.started) / unitUs)
    before = after
  }
  const averages = station.averages()
  return {
    meanWait: averages.meanWaitUs / unitUs,
    meanInSystem: averages.meanInSystemUs / unitUs,
    utilisation: averages.utilisation,
    lossProbability: averages.lossProbability,
    throughput: (averages.throughputPerSecond * unitUs) / 1e6,
    waitInterval: intervalOfMean(waits, 0.95),
  }
}

/** The unit of time in microseconds: as `wantedScaleUs` says, or shorter where the clock would not last. */
function unitOf({ arrivalRate, serviceRate, requests }: OpenQueueOptions): number {
  const wanted = wantedScaleUs * Math.max(arrivalRate, serviceRate)
  return Math.min(wanted, (horizonUs * Math.min(arrivalRate, serviceRate)) / requests)
}

function startOpenQueue(options: OpenQueueOptions, unitUs: number): Run<{ source: OpenSource; station: Station }> {
  const { arrivalRate, serviceRate, servers, cv2 = 1 } = options
  return startRun({
    seed: options.seed,
    build: (simulation: Simulation) => {
      const station = new Station(simulation, {
        name: 'station',
        servers,
        capacity: options.capacity ?? Number.POSITIVE_INFINITY,
        service: serviceOf(unitUs / serviceRate / 1000, cv2),
      })
      const source = new OpenSource(simulation, { name: 'source', gap: { kind: 'exponential', meanMs: unitUs / arrivalRate / 1000 }, outlet: station })
      return { source, station }
    },
  })
}

function serviceOf(meanMs: number, cv2: number): Distribution {
  if (cv2 === 0) return { kind: 'deterministic', ms: meanMs }
  if (cv2 === 1) return { kind: 'exponential', meanMs }
  return { kind: 'gamma', meanMs, cv: Math.sqrt(cv2) }
}
