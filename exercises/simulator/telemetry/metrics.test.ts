import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Matcher, Samples } from '../promql/source.ts'
import { Telemetry } from './index.ts'

const second = 1_000_000
const all = [-Infinity, Infinity] as const

function named(name: string, ...more: Matcher[]): Matcher[] {
  return [{ name: '__name__', op: '=', value: name }, ...more]
}

/** Samples as text: seconds since the start and value, `x` for a stale marker. */
function shown(telemetry: Telemetry, samples: Samples | undefined): string {
  if (samples === undefined) return 'absent'
  return Array.from({ length: samples.length }, (_, at) => {
    const at_s = ((samples.timesMs[at] ?? 0) - telemetry.epochMs) / 1000
    return `${at_s}:${samples.stale?.[at] === 1 ? 'x' : samples.values[at]}`
  }).join(' ')
}

describe('targets', () => {
  it('ends the series of a pod that is scaled in, with one stale marker each', () => {
    const telemetry = new Telemetry()
    const pod = telemetry.target({ pod: 'a' }, 0)
    pod.counter('requests_total', 'Requests.', {}).add(3)
    telemetry.scrape(10 * second)
    pod.remove()
    for (const at of [20, 30]) telemetry.scrape(at * second)
    expect(shown(telemetry, telemetry.series.select(named('requests_total'), ...all)[0])).toBe('10:3 20:x')
    expect(shown(telemetry, telemetry.series.select(named('up'), ...all)[0])).toBe('10:1 20:x')
  })

  it('shows a dead pod as up 0 and begins its counters at zero when it is back', () => {
    const telemetry = new Telemetry()
    const pod = telemetry.target({ pod: 'a' }, 0)
    const requests = pod.counter('requests_total', 'Requests.', {})
    requests.add(3)
    telemetry.scrape(10 * second)
    pod.stop()
    telemetry.scrape(20 * second)
    telemetry.scrape(30 * second)
    pod.start(35 * second)
    requests.add(1)
    telemetry.scrape(40 * second)
    expect(shown(telemetry, telemetry.series.select(named('requests_total'), ...all)[0])).toBe('10:3 20:x 30:x 40:1')
    expect(shown(telemetry, telemetry.series.select(named('up'), ...all)[0])).toBe('10:1 20:0 30:0 40:1')
  })

  it('hands out the same instrument for the same name and labels, and refuses another kind', () => {
    const pod = new Telemetry().target({ pod: 'a' }, 0)
    expect(pod.counter('requests_total', 'Requests.', { code: '200', route: '/' })).toBe(pod.counter('requests_total', 'Requests.', { route: '/', code: '200' }))
    expect(() => pod.gauge('requests_total', 'Requests.', { code: '500' })).toThrow('requests_total is a counter already')
    expect(() => pod.gauge('not a name', '', {})).toThrow('"not a name" is not a metric name.')
    expect(() => pod.histogram('x_seconds', '', {}, [1, 1])).toThrow('must be finite and ascend')
  })
})

describe('histograms', () => {
  it('count every observation once, cumulatively, with its sum', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: -1, max: 20, noNaN: true }), { maxLength: 50 }), (observations) => {
      const telemetry = new Telemetry()
      const bounds = [0.1, 1, 10]
      const seconds = telemetry.histogram('wait_seconds', 'Waits.', {}, bounds)
      for (const observation of observations) seconds.observe(observation)
      telemetry.scrape(second)
      const buckets = [...bounds, Infinity].map((bound) => observations.filter((observation) => observation <= bound).length)
      const value = (name: string, ...more: Matcher[]): number | undefined => telemetry.series.select(named(name, ...more), ...all)[0]?.values[0]
      const found = ['0.1', '1.0', '10.0', '+Inf'].map((le) => value('wait_seconds_bucket', { name: 'le', op: '=', value: le }))
      expect(found).toEqual(buckets)
      expect(value('wait_seconds_count')).toBe(observations.length)
      expect(value('wait_seconds_sum')).toBeCloseTo(observations.reduce((sum, observation) => sum + observation, 0), 9)
    }), { numRuns: 50 })
  })

  it('remember the newest sampled trace of each bucket at each scrape', () => {
    const telemetry = new Telemetry({ traceSampleRate: 1 })
    const seconds = telemetry.histogram('wait_seconds', 'Waits.', {}, [1])
    seconds.observeTraced(0.5, 0, 1)
    seconds.observeTraced(0.7, 0, 2)
    seconds.observeTraced(3, 0, 3)
    telemetry.scrape(second)
    telemetry.scrape(2 * second)
    const { exemplars } = telemetry.metrics
    expect([...exemplars.lo.subarray(0, exemplars.length)]).toEqual([2, 3])
    const none = new Telemetry({ traceSampleRate: 0 })
    none.histogram('wait_seconds', 'Waits.', {}, [1]).observeTraced(0.5, 0, 1)
    none.scrape(second)
    expect(none.metrics.exemplars.length).toBe(0)
  })
})

describe('selection', () => {
  const telemetry = new Telemetry()
  for (const [code, route] of [['200', '/a'], ['404', '/a'], ['500', '/b'], ['', '/c']] as const) {
    telemetry.counter('requests_total', 'Requests.', { code, route }).add(1)
  }
  telemetry.scrape(second)

  it.each<[string, Matcher[], string[]]>([
    ['equal', [{ name: 'code', op: '=', value: '200' }], ['/a']],
    ['equal to empty means absent', [{ name: 'code', op: '=', value: '' }], ['/c']],
    ['unequal also matches absent', [{ name: 'code', op: '!=', value: '200' }], ['/a', '/b', '/c']],
    ['regex is anchored', [{ name: 'code', op: '=~', value: '4|50.' }], ['/b']],
    ['regex that matches empty matches absent', [{ name: 'code', op: '=~', value: '(2..)?' }], ['/a', '/c']],
    ['negated regex', [{ name: 'code', op: '!~', value: '[45]..' }], ['/a', '/c']],
    ['several', [{ name: 'code', op: '!=', value: '' }, { name: 'route', op: '=', value: '/a' }, { name: 'code', op: '!~', value: '2.*' }], ['/a']],
    ['unknown value', [{ name: 'code', op: '=', value: '999' }], []],
  ])('%s', (_, matchers, routes) => {
    expect(telemetry.series.select(named('requests_total', ...matchers), ...all).map((samples) => samples.labels['route'])).toEqual(routes)
  })

  it('leaves out series without a sample in the window and hands out the same labels each time', () => {
    const atMs = telemetry.epochMs + 1000
    expect(telemetry.series.select(named('requests_total'), atMs, atMs + 10)).toEqual([])
    expect(telemetry.series.select(named('requests_total'), atMs - 1, atMs)).toHaveLength(4)
    const [one, two] = [0, 1].map(() => telemetry.series.select(named('requests_total'), ...all)[0]?.labels)
    expect(one).toBe(two)
    expect(telemetry.series.labelNames()).toEqual(['__name__', 'code', 'route'])
    expect(telemetry.series.labelValues('code')).toEqual(['200', '404', '500'])
    expect(telemetry.series.metricNames()).toEqual(['requests_total'])
  })
})

describe('retention', () => {
  it('keeps the newest samples, at least the limit, and counts the others', () => {
    fc.assert(fc.property(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 90 }), (limit, scrapes, joins) => {
      const telemetry = new Telemetry({ limits: { samplesPerSeriesMax: limit } })
      const early = telemetry.gauge('early', 'From the start.', {})
      for (let at = 1; at <= scrapes; at += 1) {
        early.set(at)
        if (at >= joins) telemetry.gauge('late', 'From later on.', {}).set(at)
        telemetry.scrape(at * second)
      }
      for (const samples of telemetry.series.select([], ...all)) {
        const from = samples.labels['__name__'] === 'early' ? 1 : joins
        expect(samples.length).toBeGreaterThanOrEqual(Math.min(limit, scrapes - from + 1))
        expect(samples.length).toBeLessThanOrEqual(limit + (limit >> 2))
        for (let at = 0; at < samples.length; at += 1) {
          expect(samples.values[at]).toBe(scrapes - samples.length + 1 + at)
          expect(samples.timesMs[at]).toBe(telemetry.epochMs + (scrapes - samples.length + 1 + at) * 1000)
        }
      }
      const kept = telemetry.series.select([], ...all).reduce((sum, samples) => sum + samples.length, 0)
      expect(kept + telemetry.dropped().samples).toBe(scrapes + Math.max(0, scrapes - joins + 1))
    }), { numRuns: 100 })
  })
})
