/** The live figures by the name that chapters write; fetched with the first one that comes near, each in a piece of its own. */
import { lazy, type ComponentType } from 'react'
import type { FigureType, FigureValues } from '../../../exercises/content/figure-types.ts'

export interface FigureProps {
  /** The figure's id in its chapter, for ids of its own. */
  id: string
  /** Start values that the chapter gives; those that it leaves out are absent. `goal` is what its ask asks for. */
  attributes: FigureValues
}

export const figures: Partial<Record<FigureType, ComponentType<FigureProps>>> = {
  amdahl: lazy(() => import('./amdahl.tsx')),
  'availability-chain': lazy(() => import('./availability-chain.tsx')),
  'error-budget-burn': lazy(() => import('./error-budget-burn.tsx')),
  evidence: lazy(() => import('./evidence.tsx')),
  'feedback-loop': lazy(() => import('./feedback-loop.tsx')),
  'littles-law': lazy(() => import('./littles-law.tsx')),
  'metric-cardinality': lazy(() => import('./metric-cardinality.tsx')),
  percentiles: lazy(() => import('./percentiles.tsx')),
  'pool-hold-time': lazy(() => import('./pool-hold-time.tsx')),
  quorum: lazy(() => import('./quorum.tsx')),
  'retry-amplification': lazy(() => import('./retry-amplification.tsx')),
  'tail-fan-out': lazy(() => import('./tail-fan-out.tsx')),
  'trace-sampling': lazy(() => import('./trace-sampling.tsx')),
  'utilisation-latency': lazy(() => import('./utilisation-latency.tsx')),
}
