/** The live figures by the name that chapters write; fetched with the first one that comes near, each in a piece of its own. */
import { lazy, type ComponentType } from 'react'
import type { FigureType, FigureValues } from '../../../exercises/content/figure-types.ts'

export interface FigureProps {
  /** The figure's id in its chapter, for ids of its own. */
  id: string
  /** Start values that the chapter gives; those that it leaves out are absent. `goal` is what its ask asks for. */
  attributes: FigureValues
}

export const figures: Readonly<Record<FigureType, ComponentType<FigureProps>>> = {
  amdahl: lazy(() => import('./amdahl.tsx')),
  'availability-chain': lazy(() => import('./availability-chain.tsx')),
  'cache-stampede': lazy(() => import('./cache-stampede.tsx')),
  'circuit-breaker': lazy(() => import('./circuit-breaker.tsx')),
  'clock-skew': lazy(() => import('./clock-skew.tsx')),
  'consumer-lag': lazy(() => import('./consumer-lag.tsx')),
  'data-drift': lazy(() => import('./data-drift.tsx')),
  'error-budget-burn': lazy(() => import('./error-budget-burn.tsx')),
  evidence: lazy(() => import('./evidence.tsx')),
  'feedback-loop': lazy(() => import('./feedback-loop.tsx')),
  'gpu-batching': lazy(() => import('./gpu-batching.tsx')),
  'isolation-stepper': lazy(() => import('./isolation-stepper.tsx')),
  'lease-fencing': lazy(() => import('./lease-fencing.tsx')),
  'littles-law': lazy(() => import('./littles-law.tsx')),
  'metric-cardinality': lazy(() => import('./metric-cardinality.tsx')),
  percentiles: lazy(() => import('./percentiles.tsx')),
  'pool-hold-time': lazy(() => import('./pool-hold-time.tsx')),
  quorum: lazy(() => import('./quorum.tsx')),
  'replication-lag': lazy(() => import('./replication-lag.tsx')),
  'retry-amplification': lazy(() => import('./retry-amplification.tsx')),
  stride: lazy(() => import('./stride.tsx')),
  'tail-fan-out': lazy(() => import('./tail-fan-out.tsx')),
  threshold: lazy(() => import('./threshold.tsx')),
  'trace-sampling': lazy(() => import('./trace-sampling.tsx')),
  'ttl-staleness': lazy(() => import('./ttl-staleness.tsx')),
  'utilisation-latency': lazy(() => import('./utilisation-latency.tsx')),
}
