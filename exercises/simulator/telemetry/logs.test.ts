import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanIdHex, Telemetry, traceIdHex } from './index.ts'

const all = [-Infinity, Infinity] as const

describe('log lines', () => {
  it('come in the format of their template', () => {
    const telemetry = new Telemetry()
    const fields = [{ name: 'query', kind: 'text' }, { name: 'rows', kind: 'number' }, { name: 'took_ms', kind: 'milliseconds' }, { name: 'cached', kind: 'flag' }] as const
    const query = telemetry.intern('select "x"')
    for (const format of ['json', 'logfmt', 'text'] as const) {
      telemetry.logTemplate({ labels: { app: format }, level: 'warn', message: 'slow query: {took_ms} ms', fields, format }).write(61_000_001, 0, 9, 2, query, 0.5, 1_234_567, 1)
    }
    telemetry.logTemplate({ labels: { app: 'json' }, level: 'info', message: 'started', fields }).write(61_000_001, 0, 0, 0, 0, Number.NaN, Number.NaN, 0)
    const ids = [traceIdHex(0, 9), spanIdHex(0, 9, 2)]
    expect([...telemetry.logs.select([], ...all)].map((entry) => `${entry.labels['app']} ${entry.line}`)).toEqual([
      `json {"ts":"2026-03-03T09:01:01.000001Z","level":"warn","msg":"slow query: 1234.567 ms","trace_id":"${ids[0]}","span_id":"${ids[1]}","query":"select \\"x\\"","rows":0.5,"took_ms":1234.567,"cached":true}`,
      'json {"ts":"2026-03-03T09:01:01.000001Z","level":"info","msg":"started","cached":false}',
      `logfmt ts=2026-03-03T09:01:01.000001Z level=warn msg="slow query: 1234.567 ms" trace_id=${ids[0]} span_id=${ids[1]} query="select \\"x\\"" rows=0.5 took_ms=1234.567 cached=true`,
      'text slow query: 1234.567 ms',
    ])
  })

  it('keep every number exactly', () => {
    const number = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, 127, 128, 2 ** 31, 2 ** 50, -(2 ** 50), 2 ** 53))
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 0xffff_ffff }), number), { maxLength: 40 }), (writes) => {
      const telemetry = new Telemetry()
      const template = telemetry.logTemplate({ labels: {}, level: 'info', message: 'm', fields: [{ name: 'v', kind: 'number' }] })
      let timeUs = 0
      const expected = writes.map(([gap, hi, lo, value]) => {
        timeUs += gap
        template.write(timeUs, hi, lo, lo, value)
        const trace = hi === 0 && lo === 0 ? {} : { trace_id: traceIdHex(hi, lo), ...(lo === 0 ? {} : { span_id: spanIdHex(hi, lo, lo) }) }
        const shown = Number.isNaN(value) ? {} : { v: Number.isFinite(value) ? value + 0 : value > 0 ? '+Inf' : '-Inf' }
        return { timeUs: telemetry.epochMs * 1000 + timeUs, ...trace, ...shown }
      })
      const found = [...telemetry.logs.select([], ...all)].map((entry) => {
        const { ts: _ts, level: _level, msg: _msg, ...rest } = JSON.parse(entry.line) as Record<string, unknown>
        return { timeUs: entry.timeUs, ...rest }
      })
      expect(found).toEqual(expected)
    }))
  })

  it('show microseconds as the quotient in milliseconds', () => {
    const telemetry = new Telemetry()
    const template = telemetry.logTemplate({ labels: {}, level: 'info', message: 'm', fields: [{ name: 'v', kind: 'milliseconds' }] })
    const durations = [...Array.from({ length: 2_002 }, (_, at) => at), 1_234_567_890, 86_400_000_001, 3_600_000_100]
    durations.forEach((duration) => template.write(0, 0, 0, 0, duration))
    expect([...telemetry.logs.select([], ...all)].map((entry) => /"v":(.*)}/.exec(entry.line)?.[1])).toEqual(durations.map((duration) => String(duration / 1000)))
  })

  it('refuse to go back in time within a stream', () => {
    const template = new Telemetry().logTemplate({ labels: {}, level: 'info', message: 'm', fields: [] })
    template.write(10, 0, 0, 0)
    expect(() => template.write(9, 0, 0, 0)).toThrow('must not go back in time')
  })
})

describe('log selection', () => {
  it('merges streams by time, and streams of one time by age, within any window', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(20)), { maxLength: 200 }), fc.nat(400), fc.nat(400), (writes, from, length) => {
      const telemetry = new Telemetry()
      const epochUs = telemetry.epochMs * 1000
      const templates = Array.from({ length: 5 }, (_, at) => telemetry.logTemplate({ labels: { at: String(at) }, level: 'info', message: 'm', format: 'logfmt', fields: [{ name: 'n', kind: 'number' }] }))
      let timeUs = 0
      const written = writes.map(([stream, gap], n) => {
        timeUs += gap
        templates[stream]?.write(timeUs, 0, 0, 0, n)
        return { timeUs: timeUs + epochUs, at: String(stream), n }
      })
      const expected = written.filter((line) => line.timeUs >= from + epochUs && line.timeUs < from + length + epochUs)
      expected.sort((left, right) => left.timeUs - right.timeUs || Number(left.at) - Number(right.at) || left.n - right.n)
      const found = [...telemetry.logs.select([], from + epochUs, from + length + epochUs)].map((entry) => ({ timeUs: entry.timeUs, at: entry.labels['at'], n: Number(/n=(\d+)/.exec(entry.line)?.[1]) }))
      expect(found).toEqual(expected)
    }))
  })

  it('picks streams by labels', () => {
    const telemetry = new Telemetry()
    for (const [app, pod] of [['a', '1'], ['a', '2'], ['b', '1']] as const) telemetry.logTemplate({ labels: { app, pod }, level: 'info', message: `${app}${pod}`, fields: [], format: 'text' }).write(1, 0, 0, 0)
    expect([...telemetry.logs.select([{ name: 'app', op: '=', value: 'a' }, { name: 'pod', op: '!~', value: '2' }], ...all)].map((entry) => entry.line)).toEqual(['a1'])
    expect([telemetry.logs.labelNames(), telemetry.logs.labelValues('app')]).toEqual([['app', 'pod'], ['a', 'b']])
  })

  it('forgets the oldest lines beyond the limit, keeps the newest, and counts what is gone', () => {
    const telemetry = new Telemetry({ limits: { logBytesMax: 200_000 } })
    const templates = ['a', 'b'].map((app) => telemetry.logTemplate({ labels: { app }, level: 'info', message: 'm', fields: [{ name: 'n', kind: 'number' }], format: 'logfmt' }))
    const lines = 200_000
    for (let n = 0; n < lines; n += 1) templates[n & 1]?.write(n * 10, 0, 0, 0, n)
    const kept = [...telemetry.logs.select([], ...all)]
    expect(kept.length + telemetry.dropped().logLines).toBe(lines)
    expect(kept.length).toBeGreaterThan(20_000)
    expect(telemetry.bytes().logs).toBeLessThan(200_000 + 4 * 40_000)
    for (const app of ['a', 'b']) {
      const numbers = kept.filter((entry) => entry.labels['app'] === app).map((entry) => Number(/n=(\d+)/.exec(entry.line)?.[1]))
      expect(numbers.at(-1)).toBe(app === 'a' ? lines - 2 : lines - 1)
      expect(numbers.every((n, at) => at === 0 || n === (numbers[at - 1] ?? 0) + 2)).toBe(true)
    }
  })
})
