import { SpanStatusCode } from '@opentelemetry/api'
import { expect, outcome, sleep, test } from 'firedrill/test'
import { createHello } from './hello.ts'
import type { Labels, LogRecord, Services } from './service.ts'
import { exporter } from './telemetry.ts'

function hello(rest: Partial<Services> = {}) {
  const seen = { logs: [] as LogRecord[], counts: [] as Labels[], observed: [] as { labels: Labels; seconds: number; trace_id: string }[] }
  const answer = createHello({
    random: () => 0.5,
    greet: async (name) => { await sleep(50); return `Hello, ${name}` },
    log: (record) => { seen.logs.push(record) },
    count: (labels) => { seen.counts.push(labels) },
    observe: (labels, seconds, { trace_id }) => { seen.observed.push({ labels, seconds, trace_id }) },
    ...rest,
  })
  return { ...seen, ask: () => answer({ method: 'GET', name: 'Ana' }) }
}
const failed = (spans: ReturnType<typeof exporter.getFinishedSpans>) => spans.filter(({ status }) => status.code === SpanStatusCode.ERROR)

test('all-agree', async ({ random }) => {
  const draws: number[] = []
  const { logs, counts, observed, ask } = hello({
    random: () => { const draw = random(); draws.push(draw); return draw },
    greet: async () => { await sleep(Math.round(100 * random())); return 'Hello' },
  })
  const answers: { status: number }[] = []
  for (let turn = 0; turn < 20; turn += 1) answers.push(...(await Promise.all(Array.from({ length: 50 }, ask))))
  const expected = draws.filter((draw) => draw < 0.1).length
  expect(draws.length, 'draws for 1,000 requests').toBe(1_000)
  expect(answers.filter(({ status }) => status === 500).length, 'answers with 500').toBe(expected)
  expect(logs.filter(({ severity }) => severity === 'ERROR').length, 'ERROR records').toBe(expected)
  expect(failed(exporter.getFinishedSpans()).length, 'spans with status ERROR').toBe(expected)
  expect(counts.filter(({ status }) => status === '500').length, 'the counter with status 500').toBe(expected)
  expect(observed.filter(({ labels }) => labels.status === '500').length, 'the histogram with status 500').toBe(expected)
  expect([logs.length, counts.length, observed.length, exporter.getFinishedSpans().length], 'records, counts, durations and spans of all').toEqual([1_000, 1_000, 1_000, 1_000])
})

test('joined', { seeds: 2 }, async ({ random }) => {
  const { logs, observed, ask } = hello({
    random,
    greet: async () => { await sleep(Math.round(100 * random())); if (random() < 0.1) throw new RangeError('no greeting'); return 'Hello' },
  })
  await Promise.all(Array.from({ length: 100 }, async () => { await sleep(Math.round(200 * random())); return ask() }))
  const spans = exporter.getFinishedSpans()
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size, 'traces of 100 requests').toBe(100)
  for (const span of spans) {
    const { traceId, spanId } = span.spanContext()
    const records = logs.filter(({ trace_id }) => trace_id === traceId)
    const exemplars = observed.filter(({ trace_id }) => trace_id === traceId)
    const isFailed = span.status.code === SpanStatusCode.ERROR
    expect([records.length, exemplars.length], 'records and exemplars of one trace').toEqual([1, 1])
    expect([records[0]?.severity, records[0]?.span_id, records[0]?.['http.response.status_code']], `the record of a request that ${isFailed ? 'failed' : 'did well'}, by its span`).toEqual([isFailed ? 'ERROR' : 'INFO', spanId, isFailed ? 500 : 200])
    expect(exemplars[0]?.labels.status, 'the status of its exemplar').toBe(isFailed ? '500' : '200')
    expect(span.events[0]?.attributes?.['exception.message'], 'the message of its event, as in the record').toBe(records[0]?.['error.message'])
    expect(span.events[0]?.attributes?.['exception.type'], 'the type of its event, as in the record').toBe(records[0]?.['error.type'])
  }
})

test('own-error', async () => {
  for (const greet of [async () => { await sleep(30); throw new TypeError('greeting service: connection refused') }, () => { throw new TypeError('greeting service: connection refused') }]) {
    exporter.reset()
    const { logs, counts, observed, ask } = hello({ greet })
    expect((await outcome(ask())).value?.status, 'the answer when greet fails').toBe(500)
    expect([logs[0]?.severity, logs[0]?.['error.type'], logs[0]?.['error.message']], 'the record').toEqual(['ERROR', 'TypeError', 'greeting service: connection refused'])
    expect(failed(exporter.getFinishedSpans()).length, 'spans with status ERROR').toBe(1)
    expect([counts[0]?.status, observed[0]?.labels.status], 'status in the counter and in the histogram').toEqual(['500', '500'])
  }
})

test('once', async () => {
  for (const rest of [{ random: () => 0.01 }, { greet: async () => { throw new Error('refused') } }]) {
    const { logs, ask } = hello(rest)
    await ask()
    expect(logs.map(({ severity }) => severity), 'severities of the records of one failure').toEqual(['ERROR'])
  }
})

test('durations', async () => {
  for (const [rest, ms] of [[{}, 50], [{ greet: async () => { await sleep(730); throw new Error('refused') } }, 730]] as const) {
    exporter.reset()
    const { observed, ask } = hello(rest)
    await ask()
    const [span] = exporter.getFinishedSpans()
    expect((span?.duration[0] ?? 0) * 1_000 + (span?.duration[1] ?? 0) / 1e6, 'ms of the span').toBe(ms)
    expect(observed[0]?.seconds ?? 0, 'seconds in the histogram').toBeCloseTo(ms / 1_000, 0.001)
  }
})

test('telemetry-fails', async () => {
  const broken = (): never => { throw new Error('disk full') }
  for (const [what, rest] of [['the log', { log: broken }], ['the counter', { count: broken }], ['the histogram', { observe: broken }]] as const) {
    exporter.reset()
    const { counts, ask } = hello(rest)
    expect((await outcome(ask())).value, `the answer of a request that did well, while ${what} throws`).toEqual({ status: 200, body: 'Hello, Ana' })
    expect((await outcome(hello({ random: () => 0, ...rest }).ask())).value?.status, `the answer of one that failed, while ${what} throws`).toBe(500)
    const spans = exporter.getFinishedSpans()
    expect(spans.length, `spans, while ${what} throws`).toBe(2)
    expect(failed(spans).length, `spans with status ERROR, while ${what} throws`).toBe(1)
    if (what !== 'the counter') expect(counts.length, `counts, while ${what} throws`).toBe(1)
  }
})

test('quiet', async () => {
  const { ask } = hello({ greet: async () => { throw new Error('password for svc_greet at 10.0.3.7 refused') } })
  const answer = await ask()
  expect(answer.status).toBe(500)
  expect(JSON.stringify(answer), 'the answer').toMatch(/^(?!.*(svc_greet|10\.0\.3\.7|refused))/)
})
