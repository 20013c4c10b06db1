import { choice, number } from './attribute.ts'
import type { FigureKind } from './attribute.ts'

/** Figures of load: queues, pools, batches and parallel work. */
export const queueKinds = {
  'utilisation-latency': {
    shows: 'response time against utilisation for servers that share one queue (M/M/c): mean and p99',
    attributes: {
      rate: number('Arrival rate', 'requests/s', [1, 5000, 80], { log: true }),
      servers: number('Servers', '', [1, 64, 1]),
      serviceMs: number('Mean service time', 'ms', [0.1, 1000, 10], { step: 0.1, log: true }),
    },
    readings: { utilisationPercent: 'utilisation, %', meanMs: 'mean response time, ms', p99Ms: 'p99 of the response time, ms', waitPercent: 'requests that wait, %' },
  },
  'littles-law': {
    shows: 'requests inside = rate × time inside, as a strip of requests with a line through it, against a limit',
    attributes: {
      rate: number('Requests a second', '/s', [1, 2000, 120], { log: true }),
      timeMs: number('Mean time inside', 'ms', [1, 60_000, 250], { log: true }),
      limit: number('Places inside (threads, connections)', '', [1, 10_000, 50], { log: true }),
    },
    readings: { inside: 'mean number inside', usePercent: 'share of the places in use, %' },
  },
  'pool-hold-time': {
    shows: 'what a connection pool can serve against how long a connection is held; connections in use, the queue, the wait',
    attributes: {
      pool: number('Connections in the pool', '', [1, 5000, 50], { log: true }),
      rate: number('Requests', '/s', [1, 2000, 120], { log: true }),
      ownMs: number('Held for its own queries', 'ms', [1, 1000, 50], { log: true }),
      remoteMs: number('Held while a remote call answers', 'ms', [10, 60_000, 200], { step: 10, log: true }),
      call: choice('The remote call', { inside: 'Inside the transaction', outside: 'Outside it' }, 'inside'),
    },
    readings: { throughput: 'requests served, /s', inUse: 'connections in use', waitMs: 'mean wait for a connection, ms (after one minute if the queue grows)', queueGrowth: 'growth of the queue, /s' },
  },
  percentiles: {
    shows: 'mean against p50, p95 and p99 of one distribution with a share of slow requests',
    attributes: {
      slowPercent: number('Slow requests', '%', [0, 50, 2], { step: 0.1 }),
      fastMs: number('Median of the fast ones', 'ms', [1, 1000, 50], { log: true }),
      slowMs: number('Median of the slow ones', 'ms', [10, 60_000, 2000], { log: true }),
      spread: number('Spread (σ of the logarithm)', '', [0.05, 1, 0.3], { step: 0.05 }),
    },
    readings: { meanMs: 'mean, ms', p50Ms: 'p50, ms', p95Ms: 'p95, ms', p99Ms: 'p99, ms', belowMeanPercent: 'requests faster than the mean, %' },
  },
  amdahl: {
    shows: 'speed-up against workers when part of the work cannot be divided, with and without the cost of coordination',
    attributes: {
      parallelPercent: number('Share that can run in parallel', '%', [0, 100, 95], { step: 0.5 }),
      workers: number('Workers', '', [1, 1024, 8], { log: true }),
      crosstalk: number('Coordination between each two workers (share of the work)', '%', [0, 1, 0], { step: 0.005 }),
    },
    readings: { speedup: 'speed-up', limit: 'speed-up with endless workers', efficiencyPercent: 'speed-up per worker, %', best: 'workers at the highest speed-up' },
  },
  'tail-fan-out': {
    shows: 'the chance that one of n parallel calls is slow and holds back the answer, with and without hedging',
    attributes: {
      calls: number('Parallel calls', '', [1, 1000, 100], { log: true }),
      slowPercent: number('Calls that are slow', '%', [0.01, 20, 1], { step: 0.01, log: true }),
      hedge: choice('A second try elsewhere when the first is slow', { off: 'Off', on: 'On' }, 'off'),
    },
    readings: { slowAnswersPercent: 'answers that are slow, %', neededPercent: 'calls that may be slow if half of the answers are to be fast, %' },
  },
  'gpu-batching': {
    shows: 'throughput and latency against batch size, for a step with a fixed and a per-item cost',
    attributes: {
      batch: number('Batch size', 'requests', [1, 256, 8], { log: true }),
      fixedMs: number('Fixed time of a step', 'ms', [1, 500, 40], { log: true }),
      itemMs: number('Added by each request', 'ms', [0.1, 50, 1], { step: 0.1, log: true }),
      rate: number('Arrival rate', 'requests/s', [1, 2000, 200], { log: true }),
    },
    readings: { throughput: 'capacity at this batch size, requests/s', latencyMs: 'mean latency, ms', stepMs: 'time of one step, ms', usePercent: 'load as a share of the capacity, %' },
  },
  'consumer-lag': {
    shows: 'lag of a consumer group that grows while consumers stand still and drains after, against partitions and retention',
    attributes: {
      rate: number('Messages arriving', '/s', [10, 20_000, 1000], { log: true }),
      consumers: number('Consumers', '', [1, 32, 4]),
      partitions: number('Partitions', '', [1, 32, 6]),
      perConsumer: number('Each consumer handles', '/s', [10, 5000, 300], { log: true }),
      stopMinutes: number('The consumers stand still for', 'min', [0, 60, 10]),
      retentionMinutes: number('Messages are kept for', 'min', [5, 240, 120], { step: 5 }),
    },
    readings: { peakLag: 'highest lag, messages', drainMinutes: 'minutes from restart until the lag is gone', oldestMinutes: 'age of the oldest unread message, min', lost: 'messages deleted unread' },
  },
} as const satisfies Record<string, FigureKind>
