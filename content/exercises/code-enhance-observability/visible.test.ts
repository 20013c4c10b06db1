import { SpanStatusCode } from '@opentelemetry/api'
import { expect, sleep, test } from 'firedrill/test'
import { createHello } from './hello.ts'
import type { Labels, LogRecord } from './service.ts'
import { exporter } from './telemetry.ts'

function hello(...draws: number[]) {
  const seen = { logs: [] as LogRecord[], counts: [] as Labels[], observed: [] as { labels: Labels; seconds: number; trace_id: string }[] }
  const answer = createHello({
    random: () => draws.shift() ?? 0.5,
    greet: async (name) => { await sleep(50); return `Hello, ${name}` },
    log: (record) => { seen.logs.push(record) },
    count: (labels) => { seen.counts.push(labels) },
    observe: (labels, seconds, { trace_id }) => { seen.observed.push({ labels, seconds, trace_id }) },
  })
  return { ...seen, ask: () => answer({ method: 'GET', name: 'Ana' }) }
}

test('one-in-ten', async () => {
  for (const [draw, status] of [[0, 500], [0.05, 500], [0.0999, 500], [0.1, 200], [0.105, 200], [0.5, 200], [0.999, 200]] as const) {
    expect((await hello(draw).ask()).status, `the answer for a draw of ${draw}`).toBe(status)
  }
  expect(await hello(0.7).ask(), 'an answer that does not fail').toEqual({ status: 200, body: 'Hello, Ana' })
})

test('log-record', async () => {
  const { logs, ask } = hello(0.02)
  await ask()
  const span = exporter.getFinishedSpans()[0]?.spanContext()
  const [record] = logs
  expect(record?.severity, 'severity').toBe('ERROR')
  expect([record?.trace_id, record?.span_id], 'its ids').toEqual([span?.traceId, span?.spanId])
  expect(record?.['http.response.status_code'], 'http.response.status_code').toBe(500)
  expect([record?.['error.type'], record?.['error.message']].map((text) => typeof text === 'string' && text !== ''), 'error.type and error.message are texts').toEqual([true, true])
})

test('span-status', async () => {
  const { ask } = hello(0.02, 0.5)
  await ask()
  await ask()
  const [failed, fine] = exporter.getFinishedSpans()
  expect(failed?.status.code, 'status of the failed one (2 is ERROR)').toBe(SpanStatusCode.ERROR)
  expect(failed?.events.map(({ name }) => name), 'its events').toEqual(['exception'])
  expect(failed?.attributes['http.response.status_code'], 'its http.response.status_code').toBe(500)
  expect([fine?.status.code === SpanStatusCode.ERROR, fine?.events.length, fine?.attributes['http.response.status_code']], 'the other: failed, events, status code').toEqual([false, 0, 200])
})

test('metrics', async () => {
  const { counts, observed, ask } = hello(0.02, 0.5)
  await ask()
  await ask()
  const labels = ['500', '200'].map((status) => ({ method: 'GET', route: '/hello', status }))
  expect(counts, 'the counter').toEqual(labels)
  expect(observed.map((one) => one.labels), 'the histogram').toEqual(labels)
})
