/** An incident's export in a real Prometheus answers as our own store does. Skipped, saying so, where there is none. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, readTopology } from '../../exercises/simulator/model/index.ts'
import type { World } from '../../exercises/simulator/model/index.ts'
import { compareAnswers } from './prometheus/compare.ts'
import { findPrometheus } from './prometheus/install.ts'
import { startPrometheus } from './prometheus/server.ts'
import type { PrometheusServer } from './prometheus/server.ts'

const counters = ['http_requests_total', 'db_queries_total', 'user_requests_total', 'container_cpu_usage_seconds_total']
const histograms: readonly (readonly [name: string, by: string])[] = [['http_request_duration_seconds', 'service'], ['db_query_duration_seconds', 'service'], ['user_request_duration_seconds', 'client']]
const gauges = ['http_server_threads_busy', 'http_server_threads_max', 'process_resident_memory_bytes', 'up']

/** What somebody on call asks. The step of subqueries is odd, so that none lies on a scrape; ties of topk have no order. */
const queries = [
  ...counters.flatMap((name) => [`sum(rate(${name}[2m]))`, `sum by (service) (rate(${name}[5m]))`, `topk(1, sum by (service) (rate(${name}[5m])))`, `sum(increase(${name}[5m]))`, `avg_over_time(sum(rate(${name}[2m]))[10m:7s301ms])`, `count(${name})`, `sum(irate(${name}[1m]))`]),
  ...histograms.flatMap(([name, by]) => [0.5, 0.95, 0.99].map((share) => `histogram_quantile(${share}, sum by (le, ${by}) (rate(${name}_bucket[5m])))`)),
  ...histograms.flatMap(([name, by]) => [`sum by (${by}) (rate(${name}_sum[5m])) / sum by (${by}) (rate(${name}_count[5m]))`, `sum by (${by}) (rate(${name}_bucket{le="0.1"}[5m])) / ignoring(le) sum by (${by}) (rate(${name}_count[5m]))`]),
  ...gauges.flatMap((name) => [`sum by (service) (${name})`, `max_over_time(${name}[5m])`, `avg by (service) (avg_over_time(${name}[3m]))`, `deriv(sum by (service) (${name})[10m:30s])`, `quantile(0.5, ${name})`]),
  'sum(rate(http_requests_total{code=~"5.."}[2m])) / sum(rate(http_requests_total[2m]))',
  'sum by (service) (http_server_threads_busy) / sum by (service) (http_server_threads_max) > 0.5',
  'sum(rate(user_requests_total{outcome!="ok"}[2m])) or vector(0)',
  'changes(up[10m])',
  'absent(up{service="nowhere"})',
  'label_replace(sum by (service) (up), "team", "$1-team", "service", "(.*)")',
]

const found = findPrometheus()
if (!found.available) console.warn(`Skipped the comparison of an incident with Prometheus: ${found.reason}.`)

describe.skipIf(!found.available)('an incident in Prometheus', () => {
  const minuteUs = 60_000_000
  let world: World
  let prometheus: PrometheusServer

  beforeAll(async () => {
    const file = join(import.meta.dirname, '..', 'fixtures', 'topologies', 'checkout.yaml')
    const read = readTopology('checkout.yaml', readFileSync(file, 'utf8'))
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    world = createWorld(read.value, { seed: 5 })
    world.runUntil(30 * minuteUs)
    prometheus = await startPrometheus([...world.telemetry.exportOpenMetrics()].join(''))
  }, 120_000)

  afterAll(async () => {
    await prometheus?.stop()
  })

  it('asks at least 60 questions', () => {
    expect(queries.length).toBeGreaterThanOrEqual(60)
  })

  it.each(queries)('%s', async (query) => {
    const { epochMs } = world.telemetry
    // Off the scrapes and long after the fault: versions 2 and 3 differ at the end of a range and at a counter's first sample.
    const questions = [{ query, timeMs: epochMs + 25 * 60_000 + 1_613 }, { query, startMs: epochMs + 22 * 60_000 + 1_613, endMs: epochMs + 29 * 60_000 + 1_613, stepMs: 15_000 }]
    for (const question of questions) expect((await compareAnswers(prometheus, world.telemetry.series, question)).difference, JSON.stringify(question)).toBeNull()
  })
})
