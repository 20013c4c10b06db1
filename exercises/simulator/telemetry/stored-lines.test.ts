/** Lines that are stored in parts must answer as if they were read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryLogs, queryRange } from '../logql/index.ts'
import { logFieldsMax } from './fields.ts'
import { Telemetry } from './index.ts'
import type { LogEntry } from '../logql/source.ts'
import type { LogTemplateOptions } from './log-store.ts'

const text = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('', '500', 'true', '"', '\\', '\u0000', '\ufffd', '\ud800', 'a b', ',"n1":'))
const number = fc.oneof(fc.double(), fc.nat(1000), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, -0, 1e21, 1e-7, 500, Infinity, -Infinity, Number.NaN))
const kind = fc.constantFrom('number', 'text', 'flag', 'milliseconds')
const name = fc.oneof(fc.constantFrom('status', 'n1', 'ms', 'http.route', 'level', 'a"b'), fc.string({ minLength: 1, maxLength: 4 }))

/** A template, and the values of a line: numbers, and texts for fields of that kind. */
const written = fc.record({
  fields: fc.array(fc.record({ name, kind, number, text }), { maxLength: logFieldsMax }),
  message: fc.oneof(text, fc.constantFrom('took {ms} ms', '{n1}', '{status} {nothing} {status}', 'request served', 'a {level}')),
  format: fc.constantFrom('json', 'logfmt', 'text'),
  trace: fc.tuple(fc.constantFrom(0, 1), fc.constantFrom(0, 7, 0xffff_ffff)),
  span: fc.constantFrom(0, 3),
})
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never

function write(telemetry: Telemetry, { fields, message, format, trace, span }: Written, timeUs: number): void {
  const options: LogTemplateOptions = { labels: { app: 'a' }, level: 'info', message, format, fields: fields.map((field) => ({ name: field.name, kind: field.kind })) }
  const values = fields.map((field) => (field.kind === 'text' ? telemetry.intern(field.text) : field.number))
  telemetry.logTemplate(options).write(timeUs, trace[0], trace[1], span, ...values)
}

function entriesOf(lines: readonly Written[]): { telemetry: Telemetry; entries: LogEntry[] } {
  const telemetry = new Telemetry()
  lines.forEach((line, at) => write(telemetry, line, at * 61_000_001))
  return { telemetry, entries: [...telemetry.logs.select([], -Infinity, Infinity)] }
}

describe('stored lines', () => {
  it('contain what they would contain if they were made', () => {
    const needle = fc.oneof(text, fc.constantFrom('status":500', '"level"', '000', '"trace_id":"', '"},', '=', ',"status":', 'Inf"', 'true,"'))
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 3 }), needle, fc.nat(300), fc.nat(30), (lines, other, from, length) => {
      const made = entriesOf(lines).entries.map((entry) => entry.line)
      const sought = [other, ...made.map((line) => line.slice(from % (line.length + 1)).slice(0, length)), ...made.map((line) => `${line.slice(from % (line.length + 1)).slice(0, length)}${other}`)]
      const { entries } = entriesOf(lines)
      for (const one of sought) expect(entries.map((entry) => entry.contains?.(one)), one).toEqual(made.map((line) => line.includes(one)))
    }), { numRuns: 1500 })
  })

  it('give each value of a JSON line as a reader of the line finds it', () => {
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 3 }), (lines) => {
      for (const { flatJson, line } of entriesOf(lines).entries) {
        if (flatJson === null || flatJson === undefined) continue
        const found = flatJson.keys.flatMap((key, index) => {
          const value = flatJson.valueText(index)
          return value === null ? [] : [[key, value]]
        })
        // As written: 1e21 stays 1e+21.
        const read: unknown = JSON.parse(line, (_, value: unknown, context?: { source?: string }) => (typeof value === 'number' || typeof value === 'boolean' ? (context?.source ?? String(value)) : value))
        expect(Object.fromEntries(found)).toEqual(read)
      }
    }), { numRuns: 1500 })
  })

  it('are found and measured by queries as plain lines are', () => {
    const queries = ['{app="a"} | json', '{app="a"} | json | status=`500` or n1>3', '{app="a"} |= "500" | json', '{app="a"} |~ `status":5|true` != "n1"', '{app="a"} |~ `"ms":\\d+` | logfmt']
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), fc.constantFrom(...queries), (lines, query) => {
      const { telemetry, entries } = entriesOf(lines)
      const plain = entries.map(({ timeUs, labels, line }): LogEntry => ({ timeUs, labels, line }))
      const source = { select: () => plain, labelNames: () => [], labelValues: () => [] }
      const fromUs = telemetry.epochMs * 1000
      const window = { fromUs, toUs: fromUs + 3_600_000_000, limit: 100, direction: 'oldest-first' } as const
      expect(queryLogs(telemetry.logs, query, window)).toEqual(queryLogs(source, query, window))
      const range = { startMs: telemetry.epochMs, endMs: telemetry.epochMs + 300_000, stepMs: 60_000 }
      for (const metric of [`sum by (status) (count_over_time(${query} [1m]))`, `sum by (n1) (sum_over_time(${query} | unwrap ms | __error__="" [2m]))`]) {
        expect(queryRange(telemetry.logs, metric, range)).toEqual(queryRange(source, metric, range))
      }
    }), { numRuns: 1000 })
  })
})
