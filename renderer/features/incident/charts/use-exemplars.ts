/** Traces behind the values of a chart of durations, over its range. */
import { useRoomCall } from '../room/room-context.ts'
import type { Exemplar } from '../world/calls/exemplars.ts'
import type { ChartQuery } from './query-chart.tsx'
import type { Unit } from './value-text.ts'

/** Shown at most: as many as can be told apart on a chart of half the window. */
const mostExemplars = 12
const noExemplars: readonly Exemplar[] = []

/** Empty for everything but durations from histograms, whose values are the durations of requests. */
export function useExemplars(queries: readonly ChartQuery[], unit: Unit, { startMs, endMs }: { startMs: number; endMs: number }): readonly Exemplar[] {
  const read = unit === 'seconds' ? [...new Set(queries.map(({ query }) => query).filter((query) => query.includes('_bucket')))] : []
  const answer = useRoomCall('exemplars.find', { queries: read.slice(0, 1), fromMs: startMs, toMs: endMs, most: mostExemplars }, '', read.length > 0)
  return answer.state === 'ready' && read.length > 0 ? answer.value : noExemplars
}
