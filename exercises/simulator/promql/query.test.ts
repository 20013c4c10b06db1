import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemorySource } from './conformance/memory-source.ts'
import { labelsKey } from './conformance/compare.ts'
import { parseSeriesLine } from './conformance/series-notation.ts'
import { instantQuery, rangeQuery } from './query.ts'
import type { QueryOutcome } from './query.ts'

const minuteMs = 60_000

function sourceWith(lines: readonly string[], stepMs = minuteMs): MemorySource {
  const source = new MemorySource()
  for (const line of lines) {
    const read = parseSeriesLine(line)
    if (!read.ok) throw new Error(read.message)
    source.add(
      read.value.labels,
      read.value.points.map((point, index) => ({ timeMs: index * stepMs, point })),
    )
  }
  return source
}

function vectorOf(outcome: QueryOutcome): Record<string, number> {
  if (!outcome.ok) throw new Error(outcome.error.message)
  if (outcome.result.type !== 'vector') throw new Error(`got a ${outcome.result.type}`)
  return Object.fromEntries(outcome.result.samples.map(({ labels, value }) => [labelsKey(labels), value]))
}

describe('samples of an instant', () => {
  const source = sourceWith(['up 1 _ _ _ _ _ _', 'gone 1 2 stale'])
  const present = (query: string, timeMs: number): boolean => Object.keys(vectorOf(instantQuery(source, query, timeMs))).length === 1

  it('count for less than five minutes', () => {
    expect(present('up', 5 * minuteMs - 1)).toBe(true)
    expect(present('up', 5 * minuteMs)).toBe(false)
  })

  it('end at a staleness marker', () => {
    expect(present('gone', 2 * minuteMs - 1)).toBe(true)
    expect(present('gone', 2 * minuteMs)).toBe(false)
    expect(vectorOf(instantQuery(source, 'count_over_time(gone[10m])', 3 * minuteMs))).toEqual({ '[]': 2 })
  })

  it('of a range leave out its start and keep its end', () => {
    expect(vectorOf(instantQuery(sourceWith(['a 1 2 3']), 'sum_over_time(a[1m])', 2 * minuteMs))).toEqual({ '[]': 3 })
  })
})

describe('failures of an evaluation', () => {
  const source = sourceWith(['a{x="1",y="1"} 1 1', 'a{x="1",y="2"} 2 2', 'b{x="1"} 3 3', 'gauge{x="1"} 1 5'])
  const failure = (query: string): string => {
    const outcome = instantQuery(source, query, minuteMs)
    return outcome.ok ? 'no failure' : outcome.error.message
  }

  it.each([
    ['a * on (x) b', 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'],
    ['b * on (x) group_left a', 'found duplicate series for the match group {x="1"} on the right hand-side of the operation: [{__name__="a", x="1", y="1"}, {__name__="a", x="1", y="2"}];many-to-many matching not allowed: matching labels must be unique on one side'],
    ['a * on (x) group_left (y) b', 'multiple matches for labels: grouping labels must ensure unique matches'],
    ['label_replace(a, "y", "", "", "")', 'vector cannot contain metrics with the same labelset'],
    ['-{__name__=~"b|gauge"}', 'vector cannot contain metrics with the same labelset'],
    ['label_replace(a, "y", "", "x", "(")', 'invalid regular expression in label_replace(): ('],
    ['topk(NaN, a)', 'Parameter value is NaN'],
    ['count_values("", a)', 'invalid label name ""'],
  ])('%s', (query, message) => {
    expect(failure(query)).toBe(message)
  })

  it('of a range query concern its type, its steps and its size', () => {
    const range = { startMs: 0, endMs: minuteMs, stepMs: 1000 }
    const message = (query: string, steps = range): string => {
      const outcome = rangeQuery(source, query, steps)
      return outcome.ok ? 'no failure' : outcome.error.message
    }
    expect(message('a[5m]')).toBe('invalid expression type "range vector" for range query, must be Scalar or instant Vector')
    expect(message('a', { ...range, stepMs: 0 })).toContain('step widths are not accepted')
    expect(message('a', { ...range, endMs: -1 })).toBe('end timestamp must not be before start time')
    expect(message('a', { ...range, endMs: 11_000_000 })).toContain('exceeded maximum resolution of 11,000 points')
    expect(message('max_over_time(vector(1)[290y:1ms])')).toContain('too many samples')
    expect(message('sum_over_time(a[1h:1ms])', { startMs: 0, endMs: 10_000_000, stepMs: 1000 })).toMatch(/timed out|too many samples/)
  })
})

describe('the ends of a range query', () => {
  it('are as asked, also where no step falls on the end', () => {
    const outcome = rangeQuery(sourceWith(['a 0+1x20']), 'a @ end() - a @ start()', { startMs: minuteMs, endMs: 10 * minuteMs + 1, stepMs: 4 * minuteMs })
    expect(outcome.ok && outcome.result.type === 'matrix' ? [...(outcome.result.series[0]?.values ?? [])] : null).toEqual([9, 9, 9])
  })
})

describe('annotations', () => {
  const source = sourceWith(['gauge 1 5', 'h_bucket{le="1"} 5 5', 'h_bucket{le="2"} 3 3', 'h_bucket{le="+Inf"} 9 9', 'odd{le="x"} 1 1'])
  const told = (query: string): readonly string[] => {
    const outcome = instantQuery(source, query, minuteMs)
    return outcome.ok ? [...outcome.warnings, ...outcome.infos] : [outcome.error.message]
  }

  it('are worded and placed as in Prometheus', () => {
    expect(told('rate(gauge[2m])')).toEqual(['PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "gauge" (1:6)'])
    expect(told('quantile(2, gauge)')).toEqual(['PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)'])
    expect(told('histogram_quantile(0.9, odd)')).toEqual(['PromQL warning: bucket label "le" is missing or has a malformed value of "x" for metric name "odd" (1:25)'])
    expect(told('histogram_quantile(0.9, h_bucket)')).toEqual([
      'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile), ' +
        'from buckets 2 to 2, with a max diff of 2, over 1 samples from 1970-01-01T00:01:00Z to 1970-01-01T00:01:00Z (1:25)',
    ])
    expect(told('sum(gauge)')).toEqual([])
  })
})

describe('a range query', () => {
  const queries = [
    'a_total',
    'rate(a_total[4m])',
    'sum by (x) (increase(a_total[3m]))',
    'a_total / on (x, y) group_left b',
    'a_total > 2 or b',
    'a_total unless b > 1',
    'quantile(0.5, a_total)',
    'topk(1, a_total)',
    'count(topk(2, a_total))',
    'max_over_time(rate(a_total[3m])[5m:1m])',
    'a_total offset 2m - a_total @ 240',
    'stddev_over_time(b[4m]) + timestamp(b)',
    'absent(b > 3)',
    'count_values("v", b)',
    'label_replace(b, "z", "$1", "x", "(.*)")',
    'vector(scalar(b{x="1",y="1"}) + time())',
    'irate(a_total[5m]) and resets(a_total[5m]) > 0',
    'predict_linear(b[5m] @ 300, 60)',
  ]
  const point = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }).map(String) }, fc.constantFrom('_', 'stale', 'NaN', 'Inf'))
  const points = fc.array(point, { minLength: 10, maxLength: 10 }).map((list) => list.join(' '))

  it('gives at each step what an instant query gives then', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 6, maxLength: 6 }), fc.constantFrom(...queries), fc.integer({ min: 20, max: 130 }), (lines, query, stepSeconds) => {
        const [a1 = '', a2 = '', a3 = '', b1 = '', b2 = '', b3 = ''] = lines
        const source = sourceWith([`a_total{x="1",y="1"} ${a1}`, `a_total{x="1",y="2"} ${a2}`, `a_total{x="2",y="1"} ${a3}`, `b{x="1",y="1"} ${b1}`, `b{x="1",y="2"} ${b2}`, `b{x="3",y="1"} ${b3}`])
        const stepMs = stepSeconds * 1000
        const range = rangeQuery(source, query, { startMs: 7000, endMs: 10 * minuteMs, stepMs })
        if (!range.ok || range.result.type !== 'matrix') throw new Error('no answer')
        for (let timeMs = 7000; timeMs <= 10 * minuteMs; timeMs += stepMs) {
          const instant = vectorOf(instantQuery(source, query, timeMs))
          const here = range.result.series.flatMap(({ labels, timesMs, values }) => {
            const index = timesMs.indexOf(timeMs)
            return index < 0 ? [] : [[labelsKey(labels), values[index]]]
          })
          expect(Object.fromEntries(here)).toEqual(instant)
        }
      }),
      { numRuns: 300 },
    )
  })
})
