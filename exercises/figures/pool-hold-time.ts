import { mmc } from '../simulator/theory/index.ts'

export interface PoolFigures {
  /** Time that a connection is held. */
  holdMs: number
  /** Connections that the load would keep busy if there were enough. */
  needed: number
  inUse: number
  throughput: number
  /** Requests a second by which the queue for a connection grows. */
  growth: number
  /** Mean wait for a connection: in the long run, or after one minute where the queue grows. */
  waitMs: number
  /** Requests in the queue: in the long run, or after one minute. */
  queue: number
}

const minuteS = 60

/**
 * A pool as a queue with many servers. Connections in use = rate × hold time (Little's law applied to the pool); the
 * highest throughput is pool / hold time. Waits in the stable case are those of M/M/c (Erlang C; Kleinrock volume 1,
 * 3.5); an overloaded pool is a fluid whose queue grows by what does not get through.
 */
export function poolFigures({ pool, rate, ownMs, remoteMs, call }: { pool: number; rate: number; ownMs: number; remoteMs: number; call: 'inside' | 'outside' }): PoolFigures {
  const holdMs = ownMs + (call === 'inside' ? remoteMs : 0)
  const serviceRate = 1000 / holdMs
  const needed = rate / serviceRate
  const throughput = Math.min(rate, pool * serviceRate)
  const growth = rate - throughput
  if (needed >= pool) {
    const queue = growth * minuteS
    // First in, first out: whoever comes after a minute waits until the queue before them is through.
    return { holdMs, needed, inUse: pool, throughput, growth, queue, waitMs: growth === 0 ? Number.POSITIVE_INFINITY : (queue / throughput) * 1000 }
  }
  const { meanWait, meanQueueLength } = mmc({ arrivalRate: rate, serviceRate, servers: pool })
  return { holdMs, needed, inUse: needed, throughput, growth: 0, queue: meanQueueLength, waitMs: meanWait * 1000 }
}
