/** Queues that the world sends requests to: arrivals come whatever the queue does. */
import { requireNotNegative, requirePositive, requireShare, requireWhole } from './arguments.ts'
import { birthDeathProbabilities, meanOverStates } from './birth-death.ts'
import { erlangC } from './erlang.ts'

/**
 * A queue in the long run. Times are in the unit whose inverse the rates have, counts are averages over time.
 * An overloaded queue without a limit has infinite times and counts, and serves as much as it can.
 */
export interface QueueFigures {
  /** Busy share of the servers, 0..1. */
  readonly utilisation: number
  /** Share of the accepted requests that wait. */
  readonly waitProbability: number
  /** Share of the requests that are turned away. */
  readonly lossProbability: number
  /** Requests served per unit of time. */
  readonly throughput: number
  /** Time in the queue, of accepted requests. */
  readonly meanWait: number
  /** Time in queue and service, of accepted requests. */
  readonly meanInSystem: number
  readonly meanQueueLength: number
  /** Requests in queue and service. */
  readonly meanNumber: number
}

/** M/M/1: random arrivals, exponential service, one server. Kleinrock, "Queueing Systems" volume 1 (1975), 3.2. */
export function mm1({ arrivalRate, serviceRate }: { arrivalRate: number; serviceRate: number }): QueueFigures {
  return mg1({ arrivalRate, serviceRate, cv2: 1 })
}

/** M/M/c: random arrivals, exponential service, `servers` that share one queue (Erlang C). Kleinrock volume 1, 3.5. */
export function mmc({ arrivalRate, serviceRate, servers }: { arrivalRate: number; serviceRate: number; servers: number }): QueueFigures {
  requireRates(arrivalRate, serviceRate)
  requireWhole('servers', servers, 1)
  const spareRate = servers * serviceRate - arrivalRate
  if (spareRate <= 0) return overloaded(servers * serviceRate)
  const waitProbability = erlangC(servers, arrivalRate / serviceRate)
  return withoutLoss(arrivalRate, serviceRate, servers, waitProbability, waitProbability / spareRate)
}

/**
 * The wait in M/M/c that a share of the requests stays below: P(wait > t) = ErlangC exp(-(c mu - lambda) t).
 * Kleinrock volume 1, 3.5. @param quantile such as 0.99
 */
export function mmcWaitQuantile({ arrivalRate, serviceRate, servers, quantile }: { arrivalRate: number; serviceRate: number; servers: number; quantile: number }): number {
  requireShare('quantile', quantile)
  const { waitProbability, meanWait } = mmc({ arrivalRate, serviceRate, servers })
  if (waitProbability <= 1 - quantile) return 0
  return (meanWait / waitProbability) * Math.log(waitProbability / (1 - quantile))
}

/**
 * M/M/c/K: as M/M/c, but a request that finds `capacity` in the system, in service or waiting, is lost. With no waiting
 * room (capacity = servers) this is Erlang B. Kleinrock volume 1, 3.6 and 3.7.
 */
export function mmck({ arrivalRate, serviceRate, servers, capacity }: { arrivalRate: number; serviceRate: number; servers: number; capacity: number }): QueueFigures {
  requireRates(arrivalRate, serviceRate)
  requireWhole('servers', servers, 1)
  requireWhole('capacity', capacity, servers)
  const probabilities = birthDeathProbabilities(
    () => arrivalRate,
    (state) => Math.min(state, servers) * serviceRate,
    capacity,
  )
  const lossProbability = probabilities[capacity] ?? 0
  const accepted = meanOverStates(probabilities, (state) => (state < capacity ? 1 : 0))
  const throughput = arrivalRate * accepted
  const meanQueueLength = meanOverStates(probabilities, (state) => Math.max(0, state - servers))
  const meanNumber = meanOverStates(probabilities, (state) => state)
  return {
    utilisation: throughput / (servers * serviceRate),
    waitProbability: meanOverStates(probabilities, (state) => (state >= servers && state < capacity ? 1 : 0)) / accepted,
    lossProbability,
    throughput,
    meanWait: meanQueueLength / throughput,
    meanInSystem: meanNumber / throughput,
    meanQueueLength,
    meanNumber,
  }
}

/**
 * M/G/1: random arrivals, any service time, one server: Pollaczek and Khinchine's mean value formula. Kleinrock volume
 * 1, 5.6. @param cv2 squared coefficient of variation of the service time: 0 fixed, 1 exponential
 */
export function mg1({ arrivalRate, serviceRate, cv2 }: { arrivalRate: number; serviceRate: number; cv2: number }): QueueFigures {
  requireRates(arrivalRate, serviceRate)
  requireNotNegative('cv2', cv2)
  const utilisation = arrivalRate / serviceRate
  if (utilisation >= 1) return overloaded(serviceRate)
  return withoutLoss(arrivalRate, serviceRate, 1, utilisation, (utilisation * (1 + cv2)) / (2 * (serviceRate - arrivalRate)))
}

function requireRates(arrivalRate: number, serviceRate: number): void {
  requirePositive('arrivalRate', arrivalRate)
  requirePositive('serviceRate', serviceRate)
}

function withoutLoss(arrivalRate: number, serviceRate: number, servers: number, waitProbability: number, meanWait: number): QueueFigures {
  const meanInSystem = meanWait + 1 / serviceRate
  return {
    utilisation: arrivalRate / (servers * serviceRate),
    waitProbability,
    lossProbability: 0,
    throughput: arrivalRate,
    meanWait,
    meanInSystem,
    meanQueueLength: arrivalRate * meanWait,
    meanNumber: arrivalRate * meanInSystem,
  }
}

function overloaded(throughput: number): QueueFigures {
  const endless = Number.POSITIVE_INFINITY
  return { utilisation: 1, waitProbability: 1, lossProbability: 0, throughput, meanWait: endless, meanInSystem: endless, meanQueueLength: endless, meanNumber: endless }
}
