/** Queues whose requests come from a fixed number of users, each waiting for an answer before thinking about the next. */
import { requirePositive, requireWhole } from './arguments.ts'
import { birthDeathProbabilities, meanOverStates } from './birth-death.ts'

export interface ClosedFigures {
  /** Requests served per unit of time. */
  readonly throughput: number
  /** Busy share of the servers, 0..1. */
  readonly utilisation: number
  /** Time in the queue. */
  readonly meanWait: number
  /** Time in queue and service. */
  readonly meanInSystem: number
  readonly meanQueueLength: number
  /** Users in queue and service; the others think. */
  readonly meanNumber: number
}

/**
 * The machine-repair model (M/M/c//N, Engset's delay system): `population` users think for an exponential time, then
 * ask one of `servers` with exponential service. Kleinrock, "Queueing Systems" volume 1 (1975), 3.8; the mean time
 * follows from throughput by the interactive response time law. The throughput holds for any distribution of thinking.
 * @param thinkTime mean, above 0 @param serviceTime mean of one server
 */
export function machineRepair({ population, thinkTime, serviceTime, servers }: { population: number; thinkTime: number; serviceTime: number; servers: number }): ClosedFigures {
  requireWhole('population', population, 1)
  requireWhole('servers', servers, 1)
  requirePositive('thinkTime', thinkTime)
  requirePositive('serviceTime', serviceTime)
  const probabilities = birthDeathProbabilities(
    (state) => (population - state) / thinkTime,
    (state) => Math.min(state, servers) / serviceTime,
    population,
  )
  const busy = meanOverStates(probabilities, (state) => Math.min(state, servers))
  const meanQueueLength = meanOverStates(probabilities, (state) => Math.max(0, state - servers))
  const throughput = busy / serviceTime
  const meanWait = meanQueueLength / throughput
  return { throughput, utilisation: busy / servers, meanWait, meanInSystem: meanWait + serviceTime, meanQueueLength, meanNumber: busy + meanQueueLength }
}

/**
 * The interactive response time law: N users who each think for Z and make X requests a unit of time wait N / X - Z
 * for an answer. Denning and Buzen, "The operational analysis of queueing network models", ACM Computing Surveys 10
 * (1978). No assumption about distributions.
 */
export function responseTimeOfUsers({ population, throughput, thinkTime }: { population: number; throughput: number; thinkTime: number }): number {
  requirePositive('throughput', throughput)
  return population / throughput - thinkTime
}
