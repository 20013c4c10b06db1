/** Traces behind a chart of durations: for each part of the range the slowest that was kept and fell into its histogram. */
import { labelsTest, parsePromql, selectorsOf } from '../../../../../exercises/simulator/promql/index.ts'
import type { Labels } from '../../../../../exercises/simulator/promql/index.ts'
import { traceIdHex } from '../../../../../exercises/simulator/telemetry/index.ts'
import type { RoomCall } from './room-call.ts'

/** One observation whose trace was kept. */
export interface Exemplar {
  /** Wall-clock milliseconds of the scrape that took it. */
  readonly timeMs: number
  readonly value: number
  readonly traceId: string
  /** Whose histogram it is. */
  readonly labels: Labels
}

interface ExemplarQuestion {
  readonly queries: readonly string[]
  /** Wall-clock milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  /** At most so many, spread over the range. */
  readonly most: number
}

const find: RoomCall<ExemplarQuestion, readonly Exemplar[]> = ({ world }, { queries, fromMs, toMs, most }) => {
  const { metrics, traces } = world.telemetry
  const tests = queries.flatMap(bucketsOf).map(labelsTest)
  if (tests.length === 0 || toMs <= fromMs) return []
  const wanted = new Map<number, boolean>()
  const isWanted = (series: number): boolean => {
    const known = wanted.get(series)
    if (known !== undefined) return known
    const labels = metrics.samples.series[series]?.labels ?? {}
    const fits = tests.some((test) => test(labels))
    wanted.set(series, fits)
    return fits
  }
  const { exemplars } = metrics
  const slowest = new Map<number, number>()
  for (let at = exemplars.length - 1; at >= 0; at -= 1) {
    const timeMs = exemplars.timesMs[at] ?? 0
    if (timeMs < fromMs) break
    if (timeMs > toMs || !isWanted(exemplars.series[at] ?? -1)) continue
    const place = Math.floor(((timeMs - fromMs) / (toMs - fromMs)) * most)
    const best = slowest.get(place)
    if (best === undefined || (exemplars.values[at] ?? 0) > (exemplars.values[best] ?? 0)) slowest.set(place, at)
  }
  return [...slowest.values()]
    .map((at): Exemplar => ({
      timeMs: exemplars.timesMs[at] ?? 0,
      value: exemplars.values[at] ?? 0,
      traceId: traceIdHex(exemplars.hi[at] ?? 0, exemplars.lo[at] ?? 0),
      labels: metrics.samples.series[exemplars.series[at] ?? -1]?.labels ?? {},
    }))
    .filter(({ traceId }) => traces.trace(traceId) !== null)
    .toSorted((one, other) => one.timeMs - other.timeMs)
}

/** Matchers of the histograms that a query reads. */
function bucketsOf(query: string): ReturnType<typeof selectorsOf> {
  const parsed = parsePromql(query)
  return parsed.ok ? selectorsOf(parsed.expr).filter((matchers) => matchers.some(({ name, op, value }) => name === '__name__' && op === '=' && value.endsWith('_bucket'))) : []
}

export const exemplarsCalls = { 'exemplars.find': find }
