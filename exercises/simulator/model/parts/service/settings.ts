import type { HostState } from '../../program/calling-part.ts'
import type { BalanceMethod } from './balancer.ts'
import type { LifecycleState } from './lifecycle.ts'
import type { Release } from './release.ts'
import type { ReplicaState } from './replica.ts'
import type { ServiceSpec } from './schema.ts'

/** What operators can change while a service runs. */
export interface ServiceSettings {
  /** Infinity for a service that holds no threads. */
  threads: number
  queue: number
  /** Most requests in flight on a pod before it sheds; Infinity for none. */
  shedInflight: number
  /** Sheds requests that waited longer than this for a thread, in microseconds; Infinity for none. */
  shedQueueUs: number
  /** Share of requests that fail, whatever else. */
  errors: number
  /** Work takes this many times longer. */
  slowness: number
  /** Share of connections that are lost when they are given back, by group of gates. */
  leaks: Readonly<Record<number, number>>
}

/** Saved service. */
export interface ServiceState {
  readonly host: HostState
  readonly replicas: readonly ReplicaState[]
  readonly balancer: { turn: number; method: BalanceMethod }
  readonly lifecycle: LifecycleState
  readonly releases: readonly Release[]
  readonly settings: ServiceSettings
}

/** Settings as the topology has them. */
export function firstSettings({ threads, queue, shed, errors }: ServiceSpec): ServiceSettings {
  return {
    threads: threads === 'async' ? Number.POSITIVE_INFINITY : threads,
    queue,
    shedInflight: shed?.inflight ?? Number.POSITIVE_INFINITY,
    shedQueueUs: shed?.queue ?? Number.POSITIVE_INFINITY,
    errors,
    slowness: 1,
    leaks: {},
  }
}
