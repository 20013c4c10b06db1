import { SpanKind } from '@opentelemetry/api'
import { expect, sleep, test } from 'firedrill/test'
import { createPayHandler } from './pay.ts'
import type { LogRecord, Request } from './shop.ts'
import { exporter } from './telemetry.ts'

const request = (headers: Request['headers'] = {}): Request => ({ method: 'POST', scheme: 'https', path: '/orders/17/pay', headers, orderId: '17', card: 'tok_visa_42' })

function shop() {
  const logs: LogRecord[] = []
  const pay = createPayHandler({
    query: async () => { await sleep(20); return { total: 4_200 } },
    charge: async () => { await sleep(300); return { status: 200 } },
    log: (record) => { logs.push(record) },
  })
  const span = (name: string) => exporter.getFinishedSpans().find((found) => found.name === name)
  return { pay, logs, span }
}

test('server-span', async () => {
  const { pay, span } = shop()
  expect(await pay(request()), 'the answer').toEqual({ status: 200 })
  const server = span('POST /orders/{id}/pay')
  expect(server?.kind, 'kind of POST /orders/{id}/pay').toBe(SpanKind.SERVER)
  const wanted = { 'http.request.method': 'POST', 'http.route': '/orders/{id}/pay', 'url.path': '/orders/17/pay', 'url.scheme': 'https', 'http.response.status_code': 200 }
  for (const [key, value] of Object.entries(wanted)) expect(server?.attributes[key], key).toBe(value)
})

test('children', async () => {
  const { pay, span } = shop()
  await pay(request())
  const server = span('POST /orders/{id}/pay')
  expect(exporter.getFinishedSpans().length, 'spans').toBe(3)
  for (const name of ['SELECT orders', 'POST']) {
    expect(span(name)?.kind, `kind of ${name}`).toBe(SpanKind.CLIENT)
    expect(span(name)?.parentSpanContext?.spanId, `parent of ${name}`).toBe(server?.spanContext().spanId)
    expect(span(name)?.spanContext().traceId, `trace of ${name}`).toBe(server?.spanContext().traceId)
  }
})

test('continues', async () => {
  const { pay, span } = shop()
  await pay(request({ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }))
  const server = span('POST /orders/{id}/pay')
  expect(server?.spanContext().traceId, 'trace id').toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  expect(server?.parentSpanContext?.spanId, 'parent').toBe('00f067aa0ba902b7')
  exporter.reset()
  await pay(request({ traceparent: 'nonsense' }))
  expect(span('POST /orders/{id}/pay')?.parentSpanContext, 'parent where the header is nonsense').toBe(undefined)
})

test('logs', async () => {
  const { pay, span, logs } = shop()
  await pay(request())
  const server = span('POST /orders/{id}/pay')?.spanContext()
  expect(logs, 'the log').toEqual([{ severity: 'INFO', message: 'order paid', order_id: '17', trace_id: server?.traceId, span_id: server?.spanId }])
})
