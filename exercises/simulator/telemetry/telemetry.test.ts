import { describe, expect, it } from 'vitest'
import { spanStatus, Telemetry, traceIdHex } from './index.ts'

const epochUs = Date.UTC(2026, 2, 3, 9) * 1000
const all = [-Infinity, Infinity] as const

describe('telemetry', () => {
  it('tells one request as a metric, a line and a trace that agree', () => {
    const telemetry = new Telemetry({ traceSampleRate: 1 })
    const pod = telemetry.target({ job: 'orders', pod: 'orders-1' }, 0)
    const requests = pod.counter('http_requests_total', 'Requests served.', { code: '500' })
    const seconds = pod.histogram('http_request_duration_seconds', 'Time to serve a request.', {}, [0.1, 1])
    const line = telemetry.logTemplate({
      labels: { service: 'orders', pod: 'orders-1' }, level: 'error', message: 'request failed after {duration_ms} ms',
      fields: [{ name: 'duration_ms', kind: 'milliseconds' }, { name: 'reason', kind: 'text' }],
    })
    const server = telemetry.operation({
      service: 'orders', name: 'GET /orders', kind: 'server', resource: { 'k8s.pod.name': 'orders-1' }, attributes: { 'http.request.method': 'GET' },
      variables: [{ name: 'http.response.status_code', kind: 'number' }],
    })
    requests.add(1)
    seconds.observeTraced(0.25, 0, 7)
    line.write(1_250_000, 0, 7, 1, 250_000, telemetry.intern('no connection'))
    server.record(0, 7, 1, 0, 1_000_000, 250_000, spanStatus.error, telemetry.intern('no connection'), 500)
    telemetry.scrape(15_000_000)

    const traceId = traceIdHex(0, 7)
    const [found] = telemetry.series.select([{ name: '__name__', op: '=', value: 'http_requests_total' }], ...all)
    expect(found?.labels).toEqual({ __name__: 'http_requests_total', job: 'orders', pod: 'orders-1', code: '500' })
    expect([found?.timesMs[0], found?.values[0], found?.length]).toEqual([epochUs / 1000 + 15_000, 1, 1])
    expect([...telemetry.logs.select([], ...all)].map((entry) => entry.line)).toEqual([
      `{"ts":"2026-03-03T09:00:01.250000Z","level":"error","msg":"request failed after 250 ms","trace_id":"${traceId}","span_id":"${telemetry.traces.trace(traceId)?.spans[0]?.spanId}","duration_ms":250,"reason":"no connection"}`,
    ])
    expect(telemetry.traces.trace(traceId)).toMatchObject({
      traceId, startUs: epochUs + 1_000_000, durationUs: 250_000,
      spans: [{ service: 'orders', kind: 'server', status: 'error', statusMessage: 'no connection', attributes: { 'k8s.pod.name': 'orders-1', 'http.request.method': 'GET', 'http.response.status_code': 500 } }],
    })
    expect([...telemetry.traces.traces(...all)]).toHaveLength(1)
  })
})
