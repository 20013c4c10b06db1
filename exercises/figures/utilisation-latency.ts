import { mmc } from '../simulator/theory/index.ts'
import { solve } from './statistics.ts'

export interface UtilisationLatency {
  /** Offered load as a share of the servers; above 1 the queue grows for ever. */
  utilisation: number
  waitProbability: number
  /** Infinite when overloaded. */
  meanMs: number
  p99Ms: number
  /** Requests a second by which the queue grows; 0 when it settles. */
  growth: number
}

/**
 * Response time of M/M/c: mean from Erlang C, p99 from the distribution of the response time. Kleinrock, "Queueing
 * Systems" volume 1 (1975), 3.5. @param rate requests a second
 */
export function utilisationLatency({ rate, servers, serviceMs }: { rate: number; servers: number; serviceMs: number }): UtilisationLatency {
  const serviceRate = 1000 / serviceMs
  const { waitProbability, meanInSystem } = mmc({ arrivalRate: rate, serviceRate, servers })
  return {
    utilisation: rate / (servers * serviceRate),
    waitProbability,
    meanMs: meanInSystem * 1000,
    p99Ms: responseQuantile({ rate, servers, serviceMs, quantile: 0.99 }),
    growth: Math.max(0, rate - servers * serviceRate),
  }
}

/**
 * P(response > t) in M/M/c: a wait that is 0 or exponential with the spare rate, plus an exponential service; the sum of
 * two exponentials is hypoexponential.
 */
export function responseTail({ rate, servers, serviceMs, ms }: { rate: number; servers: number; serviceMs: number; ms: number }): number {
  const service = 1 / serviceMs
  const spare = servers * service - rate / 1000
  if (spare <= 0) return 1
  const { waitProbability } = mmc({ arrivalRate: rate / 1000, serviceRate: service, servers })
  const served = Math.exp(-service * ms)
  // Equal rates: the limit of the formula below.
  const both = Math.abs(spare - service) < service * 1e-6 ? (1 + service * ms) * served : (service * Math.exp(-spare * ms) - spare * served) / (service - spare)
  return (1 - waitProbability) * served + waitProbability * both
}

/** The response time that a share of requests stays below; infinite when overloaded. */
export function responseQuantile({ rate, servers, serviceMs, quantile }: { rate: number; servers: number; serviceMs: number; quantile: number }): number {
  const spare = servers / serviceMs - rate / 1000
  if (spare <= 0) return Number.POSITIVE_INFINITY
  // No slower than all the work and all the waiting, each at its slowest.
  const most = (serviceMs + 1 / spare) * -Math.log(1 - quantile) * 2
  return solve((ms) => 1 - responseTail({ rate, servers, serviceMs, ms }), quantile, 0, most)
}
