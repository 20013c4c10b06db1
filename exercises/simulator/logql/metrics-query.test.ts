import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ResultSeries } from '../promql/index.ts'
import { queryInstant, queryLogs, queryRange } from './index.ts'
import { entriesOf, MemoryLogSource } from './testing/memory-source.ts'

describe('metrics', () => {
  const source = new MemoryLogSource([
    ...entriesOf({ app: 'shop', service: 'a' }, Array.from({ length: 600 }, (_, i) => `{"level":"${i % 4 === 0 ? 'error' : 'info'}","ms":${i % 100},"trace":"t${i}"}`)),
    ...entriesOf({ app: 'shop', service: 'b' }, Array.from({ length: 300 }, (_, i) => `level=info took=${i % 10}00ms size=${i % 3}KB`), 500_000, 2_000_000),
  ])
  const vector = (query: string, timeMs = 600_000) => {
    const result = queryInstant(source, query, timeMs)
    if (!result.ok) throw new Error(result.error.message)
    return result.value.type === 'vector' ? result.value.samples.map(({ labels, value }) => [labels, value]) : result.value
  }
  it.each<[string, unknown]>([
    ['sum(count_over_time({app="shop"}[10m]))', [[{}, 899]]],
    ['sum by (service) (count_over_time({app="shop"}[10m]))', [[{ service: 'a' }, 599], [{ service: 'b' }, 300]]],
    ['rate({service="a"}[1m])', [[{ app: 'shop', service: 'a' }, 59 / 60]]],
    ['sum by (level) (rate({service="a"} | json [100s]))', [[{ level: 'error' }, 0.24], [{ level: 'info' }, 0.75]]],
    ['sum(rate({service="a"} |= "error" [100s])) / sum(rate({service="a"}[100s]))', [[{}, 24 / 99]]],
    ['bytes_over_time({service="b"} |= "took=000ms size=0KB" [10m])', [[{ app: 'shop', service: 'b' }, 10 * 'level=info took=000ms size=0KB'.length]]],
    ['quantile_over_time(0.5, {service="a"} | json | unwrap ms [100s]) by (service)', [[{ service: 'a' }, 50]]],
    ['max_over_time({service="b"} | logfmt | unwrap duration(took) [10m]) by (service)', [[{ service: 'b' }, 0.9]]],
    ['max_over_time({service="b"} | logfmt | unwrap bytes(size) [10m]) by ()', [[{}, 2000]]],
    ['sum_over_time({service="a"} | json | unwrap ms | level="error" [100s] offset 100s)', undefined],
    ['topk(1, sum by (service) (count_over_time({app="shop"}[10m])))', [[{ service: 'a' }, 599]]],
    ['sort(sum by (service) (count_over_time({app="shop"}[10m])))', [[{ service: 'b' }, 300], [{ service: 'a' }, 599]]],
    ['count(count_over_time({app="shop"}[10m]))', [[{}, 2]]], ['avg(count_over_time({app="shop"}[10m]))', [[{}, 449.5]]], ['max(count_over_time({app="shop"}[10m])) > 599', []], ['max(count_over_time({app="shop"}[10m])) > bool 599', [[{}, 0]]],
    ['absent_over_time({app="none"}[10m])', [[{ app: 'none' }, 1]]], ['absent_over_time({app="shop"}[10m])', []], ['vector(2) + 1', [[{}, 3]]], ['2 ^ 3', { type: 'scalar', timeMs: 600_000, value: 8 }],
    ['label_replace(sum by (service) (count_over_time({service="a"}[10m])), "s", "x-$1", "service", "(.*)")', [[{ s: 'x-a', service: 'a' }, 599]]],
    ['sum by (service) (count_over_time({app="shop"}[10m])) * on(service) group_left() sum by (service) (count_over_time({service="b"}[10m]))', [[{ service: 'b' }, 90_000]]],
    ['sum by (service) (count_over_time({service="a"}[10m])) unless sum by (service) (count_over_time({service="b"}[10m]))', [[{ service: 'a' }, 599]]],
    ['first_over_time({service="a"} | json | unwrap ms [10s]) by (app)', [[{ app: 'shop' }, 91]]], ['last_over_time({service="a"} | json | unwrap ms [10s]) by (app)', [[{ app: 'shop' }, 99]]],
  ])('%s', (query, expected) => {
    const value = vector(query)
    if (expected !== undefined) expect(value).toEqual(expected)
  })

  it('counts (from, to] at every step', () => {
    const result = queryRange(source, 'sum(count_over_time({service="a"}[60s]))', { startMs: 0, endMs: 180_000, stepMs: 60_000 })
    expect(result).toMatchObject({ ok: true, value: { type: 'matrix' } })
    if (!result.ok || result.value.type !== 'matrix') return
    expect([...(result.value.series[0]?.values ?? [])]).toEqual([1, 60, 60, 60])
  })

  it('refuses to hide lines that it could not parse', () => {
    const result = queryInstant(source, 'sum by (level) (rate({app="shop"} | json [5m]))', 600_000)
    expect(result.ok ? '' : result.error.message).toContain("pipeline error: 'JSONParserErr' for series")
    expect(queryInstant(source, 'sum by (level) (rate({app="shop"} | json | __error__="" [5m]))', 600_000).ok).toBe(true)
    expect(queryInstant(source, 'sum by (__error__) (rate({app="shop"} | json | __error__!="x" [5m]))', 600_000).ok).toBe(true)
  })

  it('stops before one series a line', () => {
    const result = queryInstant(source, 'count_over_time({service="a"} | json [10m])', 600_000)
    expect(result.ok ? '' : result.error.message).toContain('maximum number of series (500) reached')
    expect(result.ok ? '' : result.error.suggestion).toContain('sum by (service)')
  })

  it('says what a query of the other kind is', () => {
    expect(queryInstant(source, '{app="shop"}', 0)).toMatchObject({ ok: false, error: { suggestion: expect.stringContaining('rate(') } })
    expect(queryLogs(source, 'rate({app="shop"}[1m])', { fromUs: 0, toUs: 1, limit: 1, direction: 'oldest-first' }).ok).toBe(false)
  })
})

describe('laws', () => {
  const entry = fc.record({ timeUs: fc.nat({ max: 60_000_000 }), service: fc.constantFrom('a', 'b'), level: fc.constantFrom('info', 'error', 'warn'), ms: fc.integer({ min: -50, max: 500 }) })
  const toSource = (entries: readonly { timeUs: number; service: string; level: string; ms: number }[]) => {
    const streams: Record<string, Record<string, string>> = { a: { app: 'x', service: 'a' }, b: { app: 'x', service: 'b' } }
    return new MemoryLogSource(entries.map(({ timeUs, service, level, ms }) => ({ timeUs, labels: streams[service] ?? {}, line: JSON.stringify({ level, ms }) })))
  }
  it('a range aggregation is the function over the lines of each window', () => {
    fc.assert(fc.property(fc.array(entry, { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom('sum', 'min', 'max', 'avg', 'count', 'stddev', 'first', 'last'), (entries, rangeS, operation) => {
      const source = toSource(entries)
      const query = operation === 'count' ? `sum by (level) (count_over_time({app="x"} | json [${rangeS}s]))` : operation === 'sum' ? `sum by (level) (sum_over_time({app="x"} | json | unwrap ms [${rangeS}s]))`
        : `${operation}_over_time({app="x"} | json | unwrap ms [${rangeS}s]) by (level)`
      const result = queryRange(source, query, { startMs: 0, endMs: 60_000, stepMs: 7000 })
      if (!result.ok || result.value.type !== 'matrix') throw new Error('refused')
      const sorted = entries.toSorted((a, b) => a.timeUs - b.timeUs)
      for (const level of ['info', 'error', 'warn']) {
        const series: ResultSeries | undefined = result.value.series.find(({ labels }) => labels['level'] === level)
        for (let timeMs = 0; timeMs <= 60_000; timeMs += 7000) {
          const values = sorted.filter((one) => one.level === level && one.timeUs <= timeMs * 1000 && one.timeUs > timeMs * 1000 - rangeS * 1e6).map(({ ms }) => ms)
          const index = series?.timesMs.indexOf(timeMs) ?? -1
          if (values.length === 0) {
            expect(index).toBe(-1)
            continue
          }
          const total = values.reduce((a, b) => a + b, 0)
          const mean = total / values.length
          const expected = { sum: total, count: values.length, avg: mean, min: Math.min(...values), max: Math.max(...values), first: values[0], last: values.at(-1), stddev: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length) }[operation]
          expect(series?.values[index]).toBeCloseTo(expected as number, 6)
        }
      }
    }), { numRuns: 200 })
  })
  it('sum by is the sum of the series', () => {
    fc.assert(fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
      const source = toSource(entries)
      const total = queryInstant(source, 'sum(count_over_time({app="x"} | json [60s]))', 60_000)
      const parts = queryInstant(source, 'sum by (level, service) (count_over_time({app="x"} | json [60s]))', 60_000)
      const plain = queryInstant(source, 'sum(max by (level, service) (sum by (level, service) (count_over_time({app="x"} | json [60s]))))', 60_000)
      const add = (result: typeof parts) => (result.ok && result.value.type === 'vector' ? result.value.samples.reduce((sum, { value }) => sum + value, 0) : NaN)
      expect(add(parts)).toBe(add(total))
      expect(add(plain)).toBe(add(total))
    }), { numRuns: 100 })
  })
})
