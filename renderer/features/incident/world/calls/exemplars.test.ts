import { expect, it } from 'vitest'
import { openShift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import type { Shift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import { readSmall } from '../../../../../exercises/simulator/incident/testing/small.ts'
import { exemplarsCalls } from './exemplars.ts'

function open(): Shift {
  const opening = openShift(readSmall(), { id: 'one', seed: 7, level: 'guided' })
  for (let step = opening.next(); ; step = opening.next()) if (step.done && step.value !== null) return step.value
}
const shift = open()
const { epochMs } = shift.world.telemetry
const range = { fromMs: epochMs, toMs: epochMs + shift.nowUs / 1000 }
const query = 'histogram_quantile(0.95, sum by (le, job) (rate(http_request_duration_seconds_bucket{job="api"}[1m])))'

it('finds the slowest kept traces behind a chart of durations, spread over its range', () => {
  const found = exemplarsCalls['exemplars.find'](shift, { queries: [query], ...range, most: 8 })
  expect(found.length).toBeGreaterThan(4)
  expect(found.length).toBeLessThanOrEqual(9)
  expect(found.map(({ timeMs }) => timeMs)).toEqual(found.map(({ timeMs }) => timeMs).toSorted((one, other) => one - other))
  for (const { labels, traceId, value } of found) {
    expect(labels['job']).toBe('api')
    const trace = shift.world.telemetry.traces.trace(traceId)
    // The histogram measured one span of the trace: it is in it, to the microsecond.
    expect(trace?.spans.some(({ durationUs }) => Math.abs(durationUs - value * 1e6) <= 1)).toBe(true)
  }
})

it.each(['sum(rate(http_requests_total[1m]))', 'no query at all (', 'up'])('finds none for %s', (other) => {
  expect(exemplarsCalls['exemplars.find'](shift, { queries: [other], ...range, most: 8 })).toEqual([])
})
