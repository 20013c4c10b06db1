/** What PromQL range queries cost over an hour of a six-service system: about 1,900 series scraped every 15 s, in steps of 15 s. */
import { labelsTest, rangeQuery } from '../../exercises/simulator/promql/index.ts'
import type { Labels, Samples, SeriesSource } from '../../exercises/simulator/promql/index.ts'
import { percentile } from './measure.ts'
import type { Measurement } from './measure.ts'

const startMs = Date.UTC(2026, 2, 3, 9)
const stepMs = 15_000
const samplesEach = 260

/** Like the queries of an incident's dashboards and of the people who read them, cheap and dear. */
const queries = [
  'sum by (service) (rate(http_requests_total[5m]))',
  'sum by (service) (rate(http_requests_total{code="500"}[5m])) / sum by (service) (rate(http_requests_total[5m]))',
  'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))',
  'histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m]))',
  'topk(5, rate(http_requests_total[1m]))',
  'max_over_time(cpu[5m])',
  'avg by (service) (cpu)',
  'rate(http_request_duration_seconds_bucket[5m])',
  'http_request_duration_seconds_bucket',
  'quantile_over_time(0.9, http_requests_total[5m])',
  'max_over_time(sum by (service) (rate(http_requests_total[1m]))[10m:1m])',
  'http_requests_total / on (service, instance, endpoint) group_left http_request_duration_seconds_count',
  'sum by (service) (http_requests_total) > 100 and on (service) avg by (service) (cpu) > 10',
  'label_replace(rate(http_requests_total[5m]), "x", "$1", "endpoint", "(.*)")',
  'predict_linear(memory[30m], 3600)',
  'stddev_over_time(http_request_duration_seconds_bucket[5m])',
]

function generateSeries(): Samples[] {
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const series: Samples[] = []
  const add = (labels: Labels, counter: boolean): void => {
    let total = 0
    const timesMs = Float64Array.from({ length: samplesEach }, (_, index) => startMs - 300_000 + index * stepMs + Math.floor(random() * 5))
    const values = Float64Array.from({ length: samplesEach }, () => {
      total = random() < 0.002 ? 0 : total + Math.floor(random() * 100)
      return counter ? total : random() * 100
    })
    series.push({ labels, timesMs, values, length: samplesEach, stale: new Uint8Array(samplesEach) })
  }
  for (const service of ['gateway', 'orders', 'payments', 'stock', 'users', 'search']) {
    for (const instance of ['1', '2', '3']) {
      for (const endpoint of ['a', 'b', 'c', 'd', 'e', 'f']) {
        const own = { service, instance, endpoint }
        for (const code of ['200', '500']) add({ __name__: 'http_requests_total', ...own, code }, true)
        for (const le of ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf']) add({ __name__: 'http_request_duration_seconds_bucket', ...own, le }, true)
        for (const part of ['sum', 'count']) add({ __name__: `http_request_duration_seconds_${part}`, ...own }, true)
      }
      for (const gauge of ['cpu', 'memory', 'threads_busy', 'queue_length', 'pool_in_use', 'open_files', 'gc_pause']) add({ __name__: gauge, service, instance }, false)
    }
  }
  return series
}

/** CPU time, which other load on the machine disturbs less than the clock does; the first run of each query counts too. */
export function measurePromql(): Measurement[] {
  const series = generateSeries()
  const source: SeriesSource = {
    select: (matchers) => {
      const matching = labelsTest(matchers)
      return series.filter(({ labels }) => matching(labels))
    },
    labelNames: () => [],
    labelValues: () => [],
    metricNames: () => [],
  }
  const spent: number[] = []
  for (let turn = 0; turn < 12; turn += 1) {
    for (const query of queries) {
      const before = process.cpuUsage()
      const outcome = rangeQuery(source, query, { startMs, endMs: startMs + 3_600_000, stepMs })
      const { user, system } = process.cpuUsage(before)
      if (!outcome.ok) throw new Error(outcome.error.message)
      spent.push((user + system) / 1000)
    }
  }
  const note = `${queries.length} queries over ${series.length} series and ${3_600_000 / stepMs + 1} steps, 12 times each, CPU time; the median is ${percentile(spent, 0.5).toFixed(1)} ms.`
  return [{ id: 'promql-range-p95', what: 'PromQL range query over 60 minutes, 95th percentile', value: percentile(spent, 0.95), unit: 'ms', budget: 50, bound: 'most', note }]
}
