import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { expect, sleep, test } from 'firedrill/test'
import { createPayHandler } from './pay.ts'
import type { LogRecord, Request, Shop } from './shop.ts'
import { exporter } from './telemetry.ts'

const request = (order = 17, headers: Request['headers'] = {}): Request => ({ method: 'POST', scheme: 'https', path: `/orders/${order}/pay`, headers, orderId: String(order), card: `tok_visa_${order}` })
const serverName = 'POST /orders/{id}/pay'
const named = (name: string) => exporter.getFinishedSpans().find((found) => found.name === name)

function shop(rest: Partial<Shop> = {}) {
  const logs: LogRecord[] = []
  const sent: Record<string, string>[] = []
  const pay = createPayHandler({
    query: rest.query ?? (async () => { await sleep(20); return { total: 4_200 } }),
    charge: (body, headers) => { sent.push(headers); return rest.charge === undefined ? sleep(300).then(() => ({ status: 200 })) : rest.charge(body, headers) },
    log: (record) => { logs.push(record) },
  })
  return { pay, logs, sent }
}

class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

test('conventions', async () => {
  await shop().pay(request())
  const [query, charge] = [named('SELECT orders'), named('POST')]
  const ofQuery = { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'db.collection.name': 'orders', 'db.query.text': 'SELECT total FROM orders WHERE id = $1' }
  for (const [key, value] of Object.entries(ofQuery)) expect(query?.attributes[key], `${key} of the query`).toBe(value)
  const ofCharge = { 'http.request.method': 'POST', 'url.full': 'https://payments.example/charges', 'server.address': 'payments.example', 'server.port': 443, 'http.response.status_code': 200 }
  for (const [key, value] of Object.entries(ofCharge)) expect(charge?.attributes[key], `${key} of the charge`).toBe(value)
  expect([query?.kind, charge?.kind], 'kinds').toEqual([SpanKind.CLIENT, SpanKind.CLIENT])
})

test('goes-out', async () => {
  const { pay, sent } = shop()
  await pay(request(17, { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }))
  const charge = named('POST')
  expect(sent[0]?.['traceparent'], 'traceparent that the provider received').toBe(`00-4bf92f3577b34da6a3ce929d0e0e4736-${charge?.spanContext().spanId}-01`)
  expect(sent[0]?.['content-type'], 'the header that was there before').toBe('application/json')
})

test('concurrent', { seeds: 3 }, async ({ random }) => {
  const wait = () => sleep(Math.round(100 * random()))
  const { pay, logs } = shop({ query: async () => { await wait(); return { total: 100 } }, charge: async () => { await wait(); return { status: 200 } } })
  const traceOf = (order: number): string => order.toString(16).padStart(32, 'a')
  await Promise.all(Array.from({ length: 50 }, async (_, order) => { await wait(); return pay(request(order, { traceparent: `00-${traceOf(order)}-00f067aa0ba902b7-01` })) }))
  const spans = exporter.getFinishedSpans()
  expect(spans.length, 'spans of 50 payments').toBe(150)
  for (let order = 0; order < 50; order += 1) {
    const own = spans.filter((span) => span.spanContext().traceId === traceOf(order))
    const server = own.find(({ name }) => name === serverName)
    expect(own.map(({ name }) => name).toSorted(), `spans in the trace of order ${order}`).toEqual(['POST', serverName, 'SELECT orders'])
    expect(own.filter((span) => span.parentSpanContext?.spanId === server?.spanContext().spanId).length, `children of the span of order ${order}`).toBe(2)
    expect(server?.attributes['url.path'], 'its path').toBe(`/orders/${order}/pay`)
    const record = logs.find(({ order_id }) => order_id === String(order))
    expect([record?.trace_id, record?.span_id], `ids in the log record of order ${order}`).toEqual([traceOf(order), server?.spanContext().spanId])
  }
})

test('provider-fails', async () => {
  const { pay, logs } = shop({ charge: async () => ({ status: 503 }) })
  expect((await pay(request())).status, 'the answer').toBe(502)
  for (const [name, type] of [['POST', '503'], [serverName, '502']] as const) {
    const span = named(name)
    expect(span?.status.code, `status of ${name} (2 is ERROR)`).toBe(SpanStatusCode.ERROR)
    expect(span?.attributes['error.type'], `error.type of ${name}`).toBe(type)
    expect(span?.attributes['http.response.status_code'], `http.response.status_code of ${name}`).toBe(Number(type))
  }
  expect(named('SELECT orders')?.status.code, 'status of the query, which did well').toBe(SpanStatusCode.UNSET)
  expect([logs[0]?.severity, logs[0]?.trace_id], 'the log record').toEqual(['ERROR', named(serverName)?.spanContext().traceId])
})

test('no-answer', async () => {
  for (const [name, rest] of [['SELECT orders', { query: async () => { throw new TimeoutError('no connection within 2 s') } }], ['POST', { charge: async () => { throw new TimeoutError('no answer within 2 s') } }]] as const) {
    exporter.reset()
    const { pay, logs } = shop(rest)
    expect((await pay(request())).status, 'the answer').toBe(500)
    const [span, server] = [named(name), named(serverName)]
    expect(span?.status.code, `status of ${name} (2 is ERROR)`).toBe(SpanStatusCode.ERROR)
    expect(span?.events.map((event) => `${event.name} ${String(event.attributes?.['exception.type'])}`), `events of ${name}`).toEqual(['exception TimeoutError'])
    expect(span?.attributes['error.type'], `error.type of ${name}`).toBe('TimeoutError')
    expect([server?.status.code, server?.attributes['http.response.status_code']], `status of ${serverName}`).toEqual([SpanStatusCode.ERROR, 500])
    expect(logs.map(({ severity, span_id }) => [severity, span_id]), 'the log').toEqual([['ERROR', server?.spanContext().spanId]])
  }
})

test('not-an-error', async () => {
  expect((await shop({ query: async () => null }).pay(request())).status).toBe(404)
  expect([named(serverName)?.status.code, named(serverName)?.attributes['http.response.status_code']], 'the server for an order that is not there: status, code').toEqual([SpanStatusCode.UNSET, 404])
  expect(named(serverName)?.attributes['error.type'], 'its error.type').toBe(undefined)
  exporter.reset()
  expect((await shop({ charge: async () => ({ status: 402 }) }).pay(request())).status).toBe(402)
  expect([named(serverName)?.status.code, named(serverName)?.attributes['http.response.status_code']], 'the server for a refused card: status, code').toEqual([SpanStatusCode.UNSET, 402])
  expect([named('POST')?.status.code, named('POST')?.attributes['error.type']], 'the charge for a refused card: status, error.type').toEqual([SpanStatusCode.ERROR, '402'])
})

test('ended', async () => {
  const cases: [string, Partial<Shop>, string[]][] = [
    ['paid', {}, ['SELECT orders 20', 'POST 300', `${serverName} 320`]],
    ['not there', { query: async () => { await sleep(20); return null } }, ['SELECT orders 20', `${serverName} 20`]],
    ['refused', { charge: async () => { await sleep(70); return { status: 402 } } }, ['SELECT orders 20', 'POST 70', `${serverName} 90`]],
    ['failed', { charge: async () => { await sleep(2_000); throw new TimeoutError('no answer') } }, ['SELECT orders 20', 'POST 2000', `${serverName} 2020`]],
    ['no database', { query: () => { throw new TimeoutError('at once') } }, ['SELECT orders 0', `${serverName} 0`]],
  ]
  for (const [what, rest, spans] of cases) {
    exporter.reset()
    await shop(rest).pay(request())
    await sleep(10)
    expect(exporter.getFinishedSpans().map(({ name, duration }) => `${name} ${duration[0] * 1_000 + duration[1] / 1e6}`), `spans and their ms in the order of their ends: ${what}`).toEqual(spans)
  }
})

test('few-names', async () => {
  const { pay } = shop()
  for (let order = 1; order <= 100; order += 1) await pay(request(order))
  expect([...new Set(exporter.getFinishedSpans().map(({ name }) => name))].toSorted(), 'names').toEqual(['POST', serverName, 'SELECT orders'])
})

test('no-secrets', async () => {
  await shop({ charge: async () => { throw new TimeoutError('no answer') } }).pay(request(987_654))
  for (const { name, attributes, events } of exporter.getFinishedSpans()) {
    const text = JSON.stringify([attributes, events.map((event) => event.attributes)])
    expect(text.includes('tok_visa'), `the card in ${name}`).toBeFalse()
    if (name === 'SELECT orders') expect(text.includes('987654'), 'a value of the query in SELECT orders').toBeFalse()
  }
})
