/** Data such as a small shop would leave: counters with resets and gaps, gauges, histograms. The same every time. */
import { MemorySource } from '../../../exercises/simulator/promql/conformance/memory-source.ts'
import type { Labels } from '../../../exercises/simulator/promql/index.ts'
import type { MetricFamily } from './open-metrics.ts'

export const dataStartMs = Date.UTC(2026, 2, 3, 9)
export const dataEndMs = dataStartMs + 3_600_000
const scrapeMs = 15_000
export const bounds = ['0.01', '0.05', '0.1', '0.5', '1', '+Inf']

/** A small generator of numbers in [0, 1); seeded, so that a failure can be looked at again. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

type Mutable = { labels: Labels; timesMs: number[]; values: number[] }

/** Families whose scrape times are off whole seconds, so that no sample lies on the end of a range. */
export function generateFamilies(seed: number): MetricFamily[] {
  const random = generator(seed)
  const times = (offsetMs: number, gap: boolean): number[] => {
    const found: number[] = []
    for (let at = dataStartMs + offsetMs; at < dataEndMs; at += scrapeMs) {
      const inGap = gap && at > dataStartMs + 1_200_000 && at < dataStartMs + 1_900_000
      if (!inGap && random() > 0.02) found.push(at + Math.floor(random() * 40))
    }
    return found
  }
  const requests: Mutable[] = []
  const gauges: Mutable[] = []
  const limits: Mutable[] = []
  const buckets: Mutable[] = []
  for (const service of ['api', 'orders', 'stock']) {
    for (const instance of ['1', '2']) {
      const offsetMs = 137 + Math.floor(random() * 14_000)
      for (const code of ['200', '404', '500']) {
        const timesMs = times(offsetMs, service === 'orders' && instance === '2')
        let total = 0
        const values = timesMs.map(() => (random() < 0.01 ? (total = Math.floor(random() * 5)) : (total += Math.floor(random() * (code === '200' ? 300 : 9)))))
        requests.push({ labels: { __name__: 'http_requests_total', service, instance, code }, timesMs, values })
      }
      const timesMs = times(offsetMs, false)
      gauges.push({ labels: { __name__: 'queue_length', service, instance }, timesMs, values: timesMs.map((_, index) => Math.sin(index / 9) * 20 + random() * 3) })
      const cumulative = bounds.map(() => 0)
      let sum = 0
      const rows = timesMs.map(() => {
        const added = Math.floor(random() * 40)
        bounds.forEach((_, index) => (cumulative[index] = (cumulative[index] ?? 0) + Math.floor((added * (index + 1)) / bounds.length)))
        sum += added * 0.07
        return { counts: [...cumulative], sum }
      })
      const histogram = (suffix: string, extra: Labels, value: (row: (typeof rows)[number]) => number): void => {
        buckets.push({ labels: { __name__: `latency_seconds_${suffix}`, service, instance, ...extra }, timesMs, values: rows.map(value) })
      }
      bounds.forEach((le, index) => histogram('bucket', { le }, (row) => row.counts[index] ?? 0))
      histogram('count', {}, (row) => row.counts.at(-1) ?? 0)
      histogram('sum', {}, (row) => row.sum)
    }
    limits.push({ labels: { __name__: 'queue_limit', service, team: service === 'api' ? 'edge' : 'core' }, timesMs: times(211, false), values: [] })
  }
  for (const limit of limits) limit.values.push(...limit.timesMs.map(() => 15))
  return [
    { name: 'http_requests', type: 'counter', series: requests },
    { name: 'queue_length', type: 'gauge', series: gauges },
    { name: 'queue_limit', type: 'gauge', series: limits },
    { name: 'latency_seconds', type: 'histogram', series: buckets },
  ]
}

export function sourceOf(families: readonly MetricFamily[]): MemorySource {
  const source = new MemorySource()
  for (const { series } of families) {
    for (const { labels, timesMs, values } of series) {
      source.add(
        labels,
        timesMs.map((timeMs, index) => ({ timeMs, point: values[index] ?? 0 })),
      )
    }
  }
  return source
}
