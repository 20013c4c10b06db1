import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTraces, criticalPath, layOutTrace, selfTimeUs, serviceMap, spanTree, summariseTrace } from './index.ts'
import { MemoryTraceSource, traceOf, type ShortSpan } from './testing/memory-traces.ts'

/** Spans in any shape: missing parents, rings, children that outlive or precede their parents. */
const anyTrace = fc.array(fc.record({
  parent: fc.option(fc.nat({ max: 25 }), { nil: null }), startUs: fc.nat({ max: 100 }), durationUs: fc.nat({ max: 60 }), service: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('x', 'y'),
  kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer'), status: fc.constantFrom('unset', 'ok', 'error'), tier: fc.constantFrom('gold', 'free'), rows: fc.nat({ max: 40 }),
} as const), { minLength: 1, maxLength: 25 }).map((spans) => traceOf('t', spans.map(({ parent, tier, rows, ...span }, index): ShortSpan => ({
  ...span, spanId: `s${index}`, parentSpanId: parent === null ? null : `s${parent}`, attributes: { tier, rows },
}))))

describe('critical path', () => {
  const path = (spans: readonly ShortSpan[]) => criticalPath(traceOf('t', spans))?.segments.map(({ span, startUs, endUs }) => `${span.spanId} ${startUs}-${endUs}`)

  it('follows the child that was waited for', () => {
    expect(path([{ spanId: 'root', durationUs: 100 }, { spanId: 'fast', parentSpanId: 'root', startUs: 10, durationUs: 20 }, { spanId: 'slow', parentSpanId: 'root', startUs: 10, durationUs: 70 }]))
      .toEqual(['root 0-10', 'slow 10-80', 'root 80-100'])
  })
  it('chains what ran one after the other, into the depth', () => {
    expect(path([{ spanId: 'root', durationUs: 100 }, { spanId: 'a', parentSpanId: 'root', startUs: 0, durationUs: 40 }, { spanId: 'b', parentSpanId: 'root', startUs: 50, durationUs: 50 }, { spanId: 'c', parentSpanId: 'b', startUs: 60, durationUs: 30 }]))
      .toEqual(['a 0-40', 'root 40-50', 'b 50-60', 'c 60-90', 'b 90-100'])
  })
  it('leaves out work that nobody waited for', () => {
    expect(path([{ spanId: 'root', durationUs: 50 }, { spanId: 'async', parentSpanId: 'root', startUs: 10, durationUs: 90 }])).toEqual(['root 0-50'])
  })
  it('adds up to the duration of the root, without gaps, whatever the trace', () => {
    fc.assert(fc.property(anyTrace, (trace) => {
      const found = criticalPath(trace)
      const root = spanTree(trace)?.root
      if (found === null || root === undefined) throw new Error('no root')
      expect(found.totalUs).toBe(root.span.durationUs)
      let cursorUs = root.span.startUs
      for (const { startUs, endUs } of found.segments) {
        expect(startUs).toBe(cursorUs)
        expect(endUs).toBeGreaterThan(startUs)
        cursorUs = endUs
      }
      if (found.segments.length > 0) expect(cursorUs).toBe(root.endUs)
      expect([...found.timeUsBySpanId.values()].reduce((sum, one) => sum + one, 0)).toBe(root.span.durationUs)
    }), { numRuns: 1500 })
  })
  it('holds on deep and wide traces', () => {
    const deep = traceOf('t', Array.from({ length: 20_000 }, (_, i) => ({ spanId: `s${i}`, parentSpanId: i === 0 ? null : `s${i - 1}`, startUs: i, durationUs: 100_000 - 2 * i })))
    expect(criticalPath(deep)?.segments.length).toBe(39_999)
    expect(layOutTrace(deep)?.rows.at(-1)?.depth).toBe(19_999)
  })
})

describe('span tree and waterfall', () => {
  it('keeps every span once, parents before children, whatever the trace', () => {
    fc.assert(fc.property(anyTrace, (trace) => {
      const layout = layOutTrace(trace)
      const tree = spanTree(trace)
      if (layout === null || tree === null) throw new Error('no layout')
      expect(new Set(layout.rows.map(({ span }) => span.spanId)).size).toBe(trace.spans.length)
      layout.rows.forEach((row, index) => {
        expect(row.parentIndex).toBeLessThan(index)
        expect(row.depth).toBe(row.parentIndex < 0 ? 0 : (layout.rows[row.parentIndex]?.depth ?? 0) + 1)
        expect(row.selfTimeUs).toBeGreaterThanOrEqual(0)
        expect(row.selfTimeUs).toBeLessThanOrEqual(row.durationUs)
        expect(row.criticalParts.reduce((sum, part) => sum + part.durationUs, 0)).toBe(row.criticalUs)
        expect(row.offsetUs + row.durationUs).toBeLessThanOrEqual(layout.durationUs)
      })
      const tops = layout.rows.filter(({ parentIndex }) => parentIndex < 0)
      expect(tops.length + tops.reduce((sum, { descendantCount }) => sum + descendantCount, 0)).toBe(trace.spans.length)
      expect(summariseTrace(trace)?.spanCount).toBe(trace.spans.length)
    }), { numRuns: 500 })
  })
  it('takes overlapping children from the self time once', () => {
    const tree = spanTree(traceOf('t', [{ spanId: 'r', durationUs: 100 }, { spanId: 'a', parentSpanId: 'r', startUs: 10, durationUs: 40 }, { spanId: 'b', parentSpanId: 'r', startUs: 30, durationUs: 40 }, { spanId: 'c', parentSpanId: 'r', startUs: 90, durationUs: 40 }]))
    expect(tree && selfTimeUs(tree.root)).toBe(30)
  })
})

function shopTrace(id: number, options: { slow: boolean; version: string; fails?: boolean }) {
  const dbUs = options.slow ? 900_000 : 20_000
  return traceOf(`t${id}`, [
    { spanId: 'g', service: 'gateway', name: 'GET /pay', kind: 'server', startUs: id * 1000, durationUs: dbUs + 80_000, attributes: { 'http.response.status_code': options.fails ? 503 : 200, 'http.route': '/pay', 'user.id': `u${id}` } },
    { spanId: 'gc', parentSpanId: 'g', service: 'gateway', name: 'call checkout', kind: 'client', startUs: id * 1000 + 10_000, durationUs: dbUs + 60_000, status: options.fails ? 'error' : 'unset' },
    { spanId: 'c', parentSpanId: 'gc', service: 'checkout', name: 'pay', kind: 'server', startUs: id * 1000 + 20_000, durationUs: dbUs + 40_000, status: options.fails ? 'error' : 'unset', attributes: { 'service.version': options.version, 'http.response.status_code': options.fails ? 500 : 200 } },
    { spanId: 'd', parentSpanId: 'c', service: 'checkout', name: 'SELECT', kind: 'client', startUs: id * 1000 + 30_000, durationUs: dbUs, attributes: { 'db.system.name': 'postgresql', 'server.address': 'orders-db', 'db.response.returned_rows': options.slow ? 50_000 + id : id % 20 } },
  ])
}

describe('comparison', () => {
  const slow = Array.from({ length: 40 }, (_, i) => shopTrace(i, { slow: true, version: i % 10 === 0 ? '1.4.0' : '1.4.1' }))
  const normal = Array.from({ length: 60 }, (_, i) => shopTrace(1000 + i, { slow: false, version: i % 10 === 0 ? '1.4.1' : '1.4.0' }))
  it('ranks what slow traces share, and leaves ids out', () => {
    const { attributes } = compareTraces(slow, normal)
    expect(attributes[0]).toMatchObject({ service: 'checkout', attribute: 'db.response.returned_rows', value: '> 17', slowShare: 1 })
    const version = attributes.find(({ attribute, value }) => attribute === 'service.version' && value === '1.4.1')
    expect(version).toMatchObject({ slowShare: 0.9, baselineShare: 0.1, slowCount: 36, baselineCount: 6 })
    expect(version?.lift).toBeCloseTo(9)
    expect(attributes.findIndex(({ attribute }) => attribute === 'service.version')).toBeLessThan(attributes.findIndex(({ attribute }) => attribute === 'user.id'))
    expect(attributes.some(({ attribute }) => attribute === 'http.route')).toBe(false)
  })
  it('tells where the time went', () => {
    const { operations, slowMeanUs, baselineMeanUs } = compareTraces(slow, normal)
    expect(operations[0]).toMatchObject({ service: 'checkout', operation: 'SELECT', criticalDifferenceUs: 880_000, slowSelfUs: 900_000, slowCalls: 1 })
    expect(operations.reduce((sum, one) => sum + one.criticalDifferenceUs, 0)).toBeCloseTo(slowMeanUs - baselineMeanUs)
  })
  it('adds up and stays in bounds, whatever the traces', () => {
    fc.assert(fc.property(fc.array(anyTrace, { maxLength: 6 }), fc.array(anyTrace, { maxLength: 6 }), (a, b) => {
      const result = compareTraces(a, b)
      expect(result.operations.reduce((sum, one) => sum + one.criticalDifferenceUs, 0)).toBeCloseTo(result.slowMeanUs - result.baselineMeanUs, 6)
      for (const { slowShare, baselineShare, score } of result.attributes) {
        expect(slowShare >= 0 && slowShare <= 1 && baselineShare >= 0 && baselineShare <= 1).toBe(true)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).not.toBeNaN()
      }
    }), { numRuns: 200 })
  })
})

describe('service map', () => {
  it('counts calls, failures and latencies, and infers what sends no spans', () => {
    const map = serviceMap([...Array.from({ length: 9 }, (_, i) => shopTrace(i, { slow: false, version: '1' })), shopTrace(9, { slow: true, version: '1', fails: true })])
    expect(map.nodes).toMatchObject([
      { service: 'checkout', calls: 10, failures: 1, failureShare: 0.1, p50Us: 60_000, isInferred: false, isEntry: false },
      { service: 'gateway', calls: 10, failures: 1, isEntry: true, p99Us: 980_000 },
      { service: 'orders-db', calls: 10, failures: 0, isInferred: true, type: 'Database::SQL', p50Us: 20_000 },
    ])
    expect(map.edges).toMatchObject([{ from: 'checkout', to: 'orders-db', calls: 10, failures: 0 }, { from: 'gateway', to: 'checkout', calls: 10, failures: 1, p50Us: 80_000 }])
  })
  it('counts every request to a service once, whatever the traces', () => {
    fc.assert(fc.property(fc.array(anyTrace, { maxLength: 5 }), (traces) => {
      const map = serviceMap(traces)
      for (const node of [...map.nodes, ...map.edges]) {
        expect(node.p50Us).toBeLessThanOrEqual(node.p99Us)
        expect(node.failures).toBeLessThanOrEqual(node.calls)
      }
    }), { numRuns: 200 })
  })
})

describe('summary', () => {
  it('tells a handled failure from one that the caller saw', () => {
    expect(summariseTrace(shopTrace(1, { slow: false, version: '1', fails: true }))).toMatchObject({ status: 'error', httpStatus: 503, errorSpanCount: 2, services: ['gateway', 'checkout'], rootName: 'GET /pay', isIncomplete: false })
    expect(summariseTrace(traceOf('t', [{ spanId: 'a', durationUs: 9 }, { spanId: 'b', parentSpanId: 'a', status: 'error' }, { spanId: 'c', parentSpanId: 'gone' }]))).toMatchObject({ status: 'partial-error', isIncomplete: true })
  })
  it('is null without spans', () => {
    const empty = { traceId: 't', startUs: 0, durationUs: 0, spans: [] }
    expect([summariseTrace(empty), layOutTrace(empty), criticalPath(empty)]).toEqual([null, null, null])
    expect(new MemoryTraceSource([empty]).trace('none')).toBeNull()
  })
})
