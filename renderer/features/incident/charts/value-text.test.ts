import { expect, it } from 'vitest'
import { exactText, unitOf } from './value-text.ts'

it.each([
  ['histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job="a"}[2m])))', 'seconds'],
  ['sum(rate(x_seconds_sum[2m])) / sum(rate(x_seconds_count[2m]))', 'seconds'],
  ['max(db_replication_lag_seconds{job="db"})', 'seconds'],
  ['sum(rate(a{outcome!="ok"}[1m])) / sum(rate(a[1m]))', 'ratio'],
  ['sum by (pod) (process_resident_memory_bytes)', 'bytes'],
  ['process_resident_memory_bytes', 'bytes'],
  ['sum(increase(a_total[5m]))', 'count'],
])('the unit of %s is %s', (query, unit) => {
  expect(unitOf(query)).toBe(unit)
})
it.each([
  [0.4823123, 'seconds', '0.482312 s'],
  [0.125031, 'ratio', '12.5031%'],
  [1234567.8, 'count', '1,234,570'],
  [12.5, 'perSecond', '12.5/s'],
] as const)('%d in %s is exactly %s', (value, unit, text) => {
  expect(exactText(value, unit)).toBe(text)
})
