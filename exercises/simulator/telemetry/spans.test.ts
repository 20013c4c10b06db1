import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanIdHex, spanStatus, Telemetry, traceIdHex, TraceSampler, traceWords } from './index.ts'

const all = [-Infinity, Infinity] as const
const word = fc.integer({ min: 0, max: 0xffff_ffff })
const { unset, error } = spanStatus

function operations(telemetry: Telemetry): { server: ReturnType<Telemetry['operation']>; client: ReturnType<Telemetry['operation']> } {
  return {
    server: telemetry.operation({ service: 'shop', name: 'GET /', kind: 'server' }),
    client: telemetry.operation({ service: 'shop', name: 'SELECT', kind: 'client', variables: [{ name: 'db.query.text', kind: 'text' }, { name: 'db.response.returned_rows', kind: 'number' }] }),
  }
}

describe('ids', () => {
  it('turn words into hexadecimal and back', () => {
    fc.assert(fc.property(word, word, (hi, lo) => {
      expect(traceIdHex(hi, lo)).toMatch(/^[0-9a-f]{32}$/)
      expect(traceWords(traceIdHex(hi, lo))).toEqual({ hi, lo })
    }))
    expect(traceWords('0'.repeat(32))).toBeNull()
    expect(traceWords('nonsense')).toBeNull()
  })

  it('do not collide', () => {
    const ids = new Set(Array.from({ length: 20_000 }, (_, at) => spanIdHex(0, at >> 4, at & 15)))
    expect(ids.size).toBe(20_000)
  })

  it('are sampled at the rate', () => {
    for (const rate of [0, 0.1, 0.5, 1]) {
      const sampler = new TraceSampler(rate)
      const kept = Array.from({ length: 50_000 }, (_, at) => sampler.isSampled(0, at)).filter(Boolean).length
      // Four standard deviations of a binomial.
      expect(Math.abs(kept - 50_000 * rate)).toBeLessThanOrEqual(4 * Math.sqrt(50_000 * rate * (1 - rate)))
    }
  })
})

describe('traces', () => {
  it('are put together root first, with attributes and events', () => {
    const telemetry = new Telemetry()
    const { server, client } = operations(telemetry)
    const retry = telemetry.spanEvent('retry', [{ name: 'attempt', kind: 'number' }])
    retry.record(1, 2, 8, 1_200, 2)
    client.record(1, 2, 8, 7, 1_000, 500, error, telemetry.intern('deadlock'), telemetry.intern('select 1'), 3)
    server.record(1, 2, 7, 0, 1_000, 800, unset, 0)
    const epochUs = telemetry.epochMs * 1000
    const traceId = traceIdHex(1, 2)
    expect(telemetry.traces.trace(traceId)).toEqual({
      traceId, startUs: epochUs + 1_000, durationUs: 800,
      spans: [
        { traceId, spanId: spanIdHex(1, 2, 7), parentSpanId: null, service: 'shop', name: 'GET /', kind: 'server', startUs: epochUs + 1_000, durationUs: 800, status: 'unset', statusMessage: null, attributes: {}, events: [] },
        {
          traceId, spanId: spanIdHex(1, 2, 8), parentSpanId: spanIdHex(1, 2, 7), service: 'shop', name: 'SELECT', kind: 'client', startUs: epochUs + 1_000, durationUs: 500, status: 'error', statusMessage: 'deadlock',
          attributes: { 'db.query.text': 'select 1', 'db.response.returned_rows': 3 }, events: [{ timeUs: epochUs + 1_200, name: 'retry', attributes: { attempt: 2 } }],
        },
      ],
    })
    expect(telemetry.traces.trace(traceIdHex(1, 3))).toBeNull()
  })

  it('are kept whole when sampled or when any span failed, else not at all', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(6)), { maxLength: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (shapes, rate) => {
      const telemetry = new Telemetry({ traceSampleRate: rate })
      const { server, client } = operations(telemetry)
      // Spans of all traces are interleaved: first the children of every trace, then the roots.
      for (let child = 2; child <= 6; child += 1) {
        shapes.forEach(([spans, failing], trace) => {
          if (child <= spans) client.record(0, trace + 1, child, 1, trace * 100 + child, 10, failing === child ? error : unset, 0, 0, 0)
        })
      }
      shapes.forEach(([, failing], trace) => server.record(0, trace + 1, 1, 0, trace * 100, 50, failing === 1 ? error : unset, 0))
      const expected = shapes.flatMap(([spans, failing], trace) => (telemetry.sampler.isSampled(0, trace + 1) || (failing >= 1 && failing <= spans) ? [{ id: traceIdHex(0, trace + 1), spans }] : []))
      expect([...telemetry.traces.traces(...all)].map((trace) => ({ id: trace.traceId, spans: trace.spans.length }))).toEqual(expected)
      expect(telemetry.dropped().unsampledTraces).toBe(shapes.length - expected.length)
    }))
  })

  it('take in spans that end after the root', () => {
    const telemetry = new Telemetry({ traceSampleRate: 0 })
    const { server, client } = operations(telemetry)
    server.record(0, 1, 1, 0, 100, 50, error, 0)
    client.record(0, 1, 2, 1, 400, 50, unset, 0, 0, 1)
    server.record(0, 2, 1, 0, 200, 50, unset, 0)
    client.record(0, 2, 2, 1, 500, 50, unset, 0, 0, 1)
    client.record(0, 2, 3, 1, 600, 50, error, 0, 0, 1)
    client.record(0, 2, 4, 1, 700, 50, unset, 0, 0, 1)
    const traces = [...telemetry.traces.traces(...all)]
    expect(traces.map((trace) => trace.spans.map((span) => span.startUs - telemetry.epochMs * 1000))).toEqual([[100, 400], [600, 700]])
    expect(telemetry.traces.trace(traceIdHex(0, 2))?.spans).toHaveLength(2)
  })

  it('do not wait for a root for ever, nor without bound', () => {
    const telemetry = new Telemetry({ limits: { pendingSpansMax: 10, pendingTraceUs: 1_000_000 } })
    const { client } = operations(telemetry)
    for (let trace = 1; trace <= 12; trace += 1) client.record(0, trace, 2, 1, trace, 1, unset, 0, 0, 0)
    expect([...telemetry.traces.traces(...all)]).toHaveLength(2)
    telemetry.scrape(3_000_000)
    expect([...telemetry.traces.traces(...all)]).toHaveLength(12)
    expect(telemetry.dropped().evictedTraces).toBe(12)
  })

  it('are forgotten oldest first beyond the limit', () => {
    const telemetry = new Telemetry({ limits: { spanBytesMax: 150_000 } })
    const { server } = operations(telemetry)
    const traces = 20_000
    for (let trace = 1; trace <= traces; trace += 1) server.record(0, trace, 1, 0, trace, 5, unset, 0)
    const kept = [...telemetry.traces.traces(...all)].map((trace) => trace.startUs - telemetry.epochMs * 1000)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => traces - kept.length + 1 + at))
    expect(kept.length + telemetry.dropped().traces).toBe(traces)
    expect(telemetry.dropped().traces).toBeGreaterThan(0)
  })
})
