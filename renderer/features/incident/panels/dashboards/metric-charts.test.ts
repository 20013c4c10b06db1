import { expect, it } from 'vitest'
import { parsePromql } from '../../../../../exercises/simulator/promql/index.ts'
import { metricCharts } from './metric-charts.ts'

const measured = [
  { metric: 'up', label: 'saga', others: [] },
  { metric: 'saga_instances', label: 'saga', others: ['state'] },
  { metric: 'saga_oldest_age_seconds', label: 'saga', others: [] },
  { metric: 'saga_begun_total', label: 'saga', others: [] },
  { metric: 'saga_duration_seconds_bucket', label: 'saga', others: [] },
  { metric: 'saga_duration_seconds_sum', label: 'saga', others: [] },
  { metric: 'saga_duration_seconds_count', label: 'saga', others: [] },
]

it('draws each metric as what it is, and a histogram once', () => {
  const charts = metricCharts('order', measured)
  expect(charts.map(({ title, unit }) => [title, unit])).toEqual([['saga_instances', 'count'], ['saga_oldest_age_seconds', 'seconds'], ['saga_begun_total', 'perSecond'], ['p95 of saga_duration_seconds', 'seconds']])
  expect(charts[0]?.queries[0]).toEqual({ query: 'sum by (state) (saga_instances{saga="order"})', legend: '{{state}}' })
})
it('asks what can be asked', () => {
  for (const { queries } of metricCharts('order', measured)) for (const { query } of queries) expect(parsePromql(query)).toMatchObject({ ok: true })
})
