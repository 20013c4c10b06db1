import { describe, expect, it } from 'vitest'
import { settingDifferences, spanIdHex, spanStatus, Telemetry, traceIdHex } from './index.ts'

const all = [-Infinity, Infinity] as const

describe('OpenMetrics', () => {
  it('has one family after another, each point at its time, exemplars, no stale markers, and an end', () => {
    const telemetry = new Telemetry()
    const pod = telemetry.target({ pod: 'a"b' }, 0)
    pod.counter('requests_total', 'Requests\nserved.', {}).add(2)
    pod.counter('odd_count', 'A counter of an old exporter.', {})
    pod.histogram('wait_seconds', 'Waits.', {}, [1]).observeTraced(0.5, 0, 1)
    telemetry.scrape(15_000_000)
    pod.remove()
    telemetry.scrape(30_500_000)
    const trace = traceIdHex(0, 1)
    expect([...telemetry.exportOpenMetrics({ created: true })].join('')).toBe(`# HELP odd_count A counter of an old exporter.
# TYPE odd_count unknown
odd_count{pod="a\\"b"} 0 1772528415
# HELP requests Requests\\nserved.
# TYPE requests counter
requests_total{pod="a\\"b"} 2 1772528415
requests_created{pod="a\\"b"} 1772528400 1772528415
# HELP up Whether the last scrape of the target succeeded.
# TYPE up gauge
up{pod="a\\"b"} 1 1772528415
# HELP wait_seconds Waits.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="1.0",pod="a\\"b"} 1 1772528415 # {trace_id="${trace}"} 0.5 1772528415
wait_seconds_bucket{le="+Inf",pod="a\\"b"} 1 1772528415
wait_seconds_sum{pod="a\\"b"} 0.5 1772528415
wait_seconds_count{pod="a\\"b"} 1 1772528415
wait_seconds_created{pod="a\\"b"} 1772528400 1772528415
# EOF
`)
  })
})

describe('OTLP/JSON', () => {
  it('groups the spans of a trace by process', () => {
    const telemetry = new Telemetry()
    const server = telemetry.operation({ service: 'shop', name: 'GET /', kind: 'server', resource: { 'k8s.pod.name': 'shop-1' }, attributes: { 'http.request.method': 'GET' }, variables: [{ name: 'http.response.status_code', kind: 'number' }, { name: 'share', kind: 'number' }] })
    server.record(0, 1, 1, 0, 1, 250_000, spanStatus.error, telemetry.intern('timeout'), 504, 0.5)
    expect(JSON.parse([...telemetry.exportTraces(...all)].join(''))).toEqual({
      resourceSpans: [{
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }, { key: 'k8s.pod.name', value: { stringValue: 'shop-1' } }] },
        scopeSpans: [{ scope: { name: 'firedrill' }, spans: [{
          traceId: traceIdHex(0, 1), spanId: spanIdHex(0, 1, 1), name: 'GET /', kind: 2, startTimeUnixNano: '1772528400000001000', endTimeUnixNano: '1772528400250001000',
          attributes: [{ key: 'http.request.method', value: { stringValue: 'GET' } }, { key: 'http.response.status_code', value: { intValue: '504' } }, { key: 'share', value: { doubleValue: 0.5 } }],
          events: [], status: { code: 2, message: 'timeout' },
        }] }],
      }],
    })
  })

  it('has logs with severity, body and trace', () => {
    const telemetry = new Telemetry()
    telemetry.logTemplate({ labels: { service: 'shop' }, level: 'error', message: 'lost {n}', fields: [{ name: 'n', kind: 'number' }] }).write(5, 0, 1, 1, 3)
    expect(JSON.parse([...telemetry.exportOtlpLogs(...all)].join(''))).toEqual({
      resourceLogs: [{
        resource: { attributes: [{ key: 'service', value: { stringValue: 'shop' } }] },
        scopeLogs: [{ scope: { name: 'firedrill' }, logRecords: [{
          timeUnixNano: '1772528400000005000', observedTimeUnixNano: '1772528400000005000', severityNumber: 17, severityText: 'ERROR', body: { stringValue: 'lost 3' },
          attributes: [{ key: 'n', value: { intValue: '3' } }], traceId: traceIdHex(0, 1), spanId: spanIdHex(0, 1, 1),
        }] }],
      }],
    })
  })
})

describe('JSON Lines', () => {
  it('have one object per line, also for plain text, in chunks', () => {
    const telemetry = new Telemetry()
    const template = telemetry.logTemplate({ labels: { app: 'pg' }, level: 'info', message: 'checkpoint {n}', format: 'text', fields: [{ name: 'n', kind: 'number' }] })
    for (let n = 0; n < 2_000; n += 1) template.write(n, 0, 0, 0, n)
    const chunks = [...telemetry.exportJsonLines(...all)]
    expect(chunks.length).toBeGreaterThan(1)
    const lines = chunks.join('').trimEnd().split('\n')
    expect(lines).toHaveLength(2_000)
    expect(JSON.parse(lines[7] ?? '')).toEqual({ stream: { app: 'pg' }, ts: '2026-03-03T09:00:00.000007Z', level: 'info', msg: 'checkpoint 7', n: 7 })
  })
})

describe('changes', () => {
  it('are found by time; faults are hidden; differences are listed', () => {
    const telemetry = new Telemetry()
    const deploy = { timeUs: 10, kind: 'deploy', target: 'orders', summary: 'orders 1.4.1', actor: 'ci', before: { version: '1.4.0', pool: 20, old: true }, after: { version: '1.4.1', pool: 20, debug: false } } as const
    telemetry.change(deploy)
    telemetry.change({ timeUs: 20, kind: 'fault', target: 'orders', summary: 'slow query', actor: 'simulator', before: {}, after: {} })
    const epochUs = telemetry.epochMs * 1000
    expect(telemetry.changes.between(epochUs, epochUs + 30)).toEqual([{ ...deploy, timeUs: epochUs + 10, id: 0, hidden: false }])
    expect(telemetry.changes.between(epochUs + 11, epochUs + 30, { hidden: true }).map((change) => change.summary)).toEqual(['slow query'])
    expect(settingDifferences(deploy)).toEqual([{ name: 'debug', before: null, after: false }, { name: 'old', before: true, after: null }, { name: 'version', before: '1.4.0', after: '1.4.1' }])
  })
})
