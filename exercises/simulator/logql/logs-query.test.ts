import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryInstant, queryLogs, type LogEntry } from './index.ts'
import { filtersFirst } from './pipeline/pipeline.ts'
import { entriesOf, MemoryLogSource } from './testing/memory-source.ts'

const APP = { app: 'shop', service: 'checkout' }

function linesOf(source: MemoryLogSource, query: string, direction: 'newest-first' | 'oldest-first' = 'oldest-first', limit = 100) {
  const result = queryLogs(source, query, { fromUs: 0, toUs: 3_600_000_000, limit, direction })
  if (!result.ok) throw new Error(result.error.message)
  return result.value.rows
}

/** Labels that a pipeline adds to one line. */
function labelsOf(line: string, pipeline: string) {
  const [row] = linesOf(new MemoryLogSource(entriesOf(APP, [line])), `{app="shop"} ${pipeline}`)
  if (row === undefined) return null
  return Object.fromEntries(Object.entries(row.labels).filter(([name]) => !(name in APP)))
}

function lineOf(line: string, pipeline: string) {
  return linesOf(new MemoryLogSource(entriesOf(APP, [line])), `{app="shop"} ${pipeline}`)[0]?.line ?? null
}

describe('line filters', () => {
  const source = new MemoryLogSource(entriesOf(APP, ['payment ok', 'payment timeout', 'cart ok', 'GET /a 200', 'from 10.0.0.7 ok']))
  it.each([
    ['|= "payment"', ['payment ok', 'payment timeout']], ['|= "payment" != "ok"', ['payment timeout']], ['|= "cart" or "timeout"', ['payment timeout', 'cart ok']],
    ['!= "payment" or "cart"', ['GET /a 200', 'from 10.0.0.7 ok']], ['|~ "time.ut|GET"', ['payment timeout', 'GET /a 200']], ['!~ "o(k|ut)"', ['GET /a 200']], ['|~ "(?i)PAYMENT o"', ['payment ok']],
    ['|> "<_> ok"', ['payment ok', 'cart ok', 'from 10.0.0.7 ok']], ['!> "<_> ok" != "timeout"', ['GET /a 200']], ['|= ip("10.0.0.0/24")', ['from 10.0.0.7 ok']],
  ])('%s', (filter, expected) => {
    expect(linesOf(source, `{app="shop"} ${filter}`).map(({ line }) => line)).toEqual(expected)
  })

  it('moves before parsers but not before what changes the line', () => {
    const kinds = (stages: readonly { kind: string }[]) => stages.map(({ kind }) => kind)
    const place = { start: 0, end: 0 }
    const filter = { ...place, kind: 'line-filter', operator: '|=', values: [] } as const
    const json = { ...place, kind: 'json', extractions: [] } as const
    const format = { ...place, kind: 'line-format', template: '', templatePlace: place } as const
    expect(kinds(filtersFirst([json, filter, format, json, filter]))).toEqual(['line-filter', 'json', 'line-format', 'line-filter', 'json'])
  })
})

describe('parsers', () => {
  it('flattens JSON, leaves out arrays and nulls, keeps numbers as written', () => {
    expect(labelsOf('{"level":"error","http":{"status":500,"ok":false,"path":"/pay"},"tags":["a"],"none":null,"ms":1.50,"big":12345678901234567890,"app":"other","a b":"c","q":"say \\"hi\\""}', '| json'))
      .toEqual({ level: 'error', http_status: '500', http_ok: 'false', http_path: '/pay', ms: '1.50', big: '12345678901234567890', app_extracted: 'other', a_b: 'c', q: 'say "hi"' })
  })
  it('takes JSON paths', () => {
    expect(labelsOf('{"a":{"b":[{"c":7}]},"h":{"User-Agent":"curl"}}', '| json x="a.b[0].c", ua="h[\\"User-Agent\\"]", list="a.b", none="a.z"')).toEqual({ x: '7', ua: 'curl', list: '[{"c":7}]' })
  })
  it('marks lines that are not JSON', () => {
    expect(labelsOf('plain text', '| json')).toEqual({ __error__: 'JSONParserErr', __error_details__: 'expecting json object(6), but it is not' })
    expect(labelsOf('{"a":1', '| json')).toMatchObject({ __error__: 'JSONParserErr', __error_details__: "Value looks like object, but can't find closing '}' symbol" })
    expect(labelsOf('{"a":}', '| json')).toMatchObject({ __error__: 'JSONParserErr' })
    expect(labelsOf('plain text', '| json | __error__=""')).toBeNull()
    expect(labelsOf('plain text', '| json | drop __error__, __error_details__')).toEqual({})
  })
  it('reads logfmt', () => {
    expect(labelsOf('level=warn msg="slow \\"query\\"" took=1.5s flag empty= app=x', '| logfmt')).toEqual({ level: 'warn', msg: 'slow "query"', took: '1.5s', app_extracted: 'x' })
    expect(labelsOf('a=1 b="open', '| logfmt')).toEqual({ a: '1' })
    expect(labelsOf('a=1 b="open', '| logfmt --strict')).toMatchObject({ a: '1', __error__: 'LogfmtParserErr' })
    expect(labelsOf('a="x"y c=3', '| logfmt')).toMatchObject({ c: '3' })
    expect(labelsOf('level=warn took=1.5s', '| logfmt lvl="level"')).toEqual({ lvl: 'warn' })
  })
  it('reads patterns, expressions and packed lines', () => {
    expect(labelsOf('1.2.3.4 - GET /pay 200', '| pattern "<ip> - <method> <path> <_>"')).toEqual({ ip: '1.2.3.4', method: 'GET', path: '/pay' })
    expect(labelsOf('took 35ms for /pay', '| regexp `took (?P<took>\\S+) for (?P<path>.*)`')).toEqual({ took: '35ms', path: '/pay' })
    expect(labelsOf('{"pod":"p1","_entry":"hello"}', '| unpack')).toEqual({ pod: 'p1' })
    expect(lineOf('{"pod":"p1","_entry":"hello"}', '| unpack')).toBe('hello')
    expect(lineOf('\u001b[31mred\u001b[0m', '| decolorize')).toBe('red')
  })
  it('reads any JSON object as JSON.parse does', () => {
    fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 }), fc.dictionary(fc.stringMatching(/^[A-Z]{1,3}$/), fc.string(), { maxKeys: 2 })), { maxKeys: 6 }), fc.constantFrom(undefined, 1), (value, indent) => {
      const expected: Record<string, string> = {}
      for (const [key, field] of Object.entries(value)) {
        if (key === 'app' || key === 'service' || field === null || Array.isArray(field)) continue
        if (typeof field === 'object') for (const [inner, text] of Object.entries(field)) expected[`${key}_${inner}`] = text
        else expected[key] = String(field)
      }
      for (const [name, text] of Object.entries(expected)) if (text === '' || text.includes('\ufffd')) delete expected[name]
      const { app_extracted: _, service_extracted: __, ...labels } = labelsOf(JSON.stringify(value, null, indent), '| json') ?? {}
      expect(labels).toEqual(expected)
    }), { numRuns: 500 })
  })
  it('takes fields that a store keeps apart as it would take them from the line', () => {
    const flat = fc.dictionary(fc.stringMatching(/^[a-z.]{1,6}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 5 })
    fc.assert(fc.property(fc.array(flat, { maxLength: 5 }), fc.constantFrom('| json', '| json | a=""', '|= "a" | json', '| line_format "x" | json', '| json | line_format "{{.a}}"'), (objects, pipeline) => {
      const plain = entriesOf(APP, objects.map((object) => JSON.stringify(object)))
      const parted = plain.map((entry, index): LogEntry => {
        const object = objects[index] ?? {}
        const keys = Object.keys(object)
        return { ...entry, flatJson: { keys, valueText: (at) => { const value = object[keys[at] ?? '']; return value === null ? null : String(value) } } }
      })
      expect(linesOf(new MemoryLogSource(parted), `{app="shop"} ${pipeline}`)).toEqual(linesOf(new MemoryLogSource(plain), `{app="shop"} ${pipeline}`))
    }), { numRuns: 300 })
  })
  it('does not make a line that no stage looks at', () => {
    const entries = [1, 2].map((status): LogEntry => ({ timeUs: status, labels: APP, get line(): string { throw new Error('made') }, flatJson: { keys: ['status'], valueText: () => String(status) } }))
    const source = new MemoryLogSource(entries)
    expect(queryInstant(source, 'sum(count_over_time({app="shop"}[1m]))', 1)).toMatchObject({ ok: true, value: { samples: [{ value: 2 }] } })
    expect(queryInstant(source, 'sum by (status) (count_over_time({app="shop"} | json | status > 1 [1m]))', 1)).toMatchObject({ ok: true, value: { samples: [{ labels: { status: '2' }, value: 1 }] } })
  })
  it('keeps calm over any line', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\ =ae1-.nt\n') , maxLength: 30 }), (line) => {
      for (const pipeline of ['| json', '| json a="e.e[0]"', '| logfmt', '| logfmt --strict --keep-empty', '| pattern "{<a>:<b>"', '| regexp `(?P<a>a+)`', '| unpack']) labelsOf(line, pipeline)
      const labels = labelsOf(line, '| json')
      let isObject = false
      try { isObject = typeof JSON.parse(line) === 'object' && line.trimStart().startsWith('{') } catch { isObject = false }
      if (isObject) expect(labels).not.toHaveProperty('__error__')
    }), { numRuns: 1500 })
  })
})

describe('conditions on labels', () => {
  const line = '{"level":"error","status":503,"took":"1.5s","size":"20KB","ip":"10.0.0.9"}'
  it.each([
    ['level="error"', true], ['level=~"err.*"', true], ['level=~"err"', false], ['level!="error"', false], ['missing=""', true], ['missing!="x"', true], ['status>=500', true], ['status<500', false], ['status==503', true], ['status=503', true],
    ['took>1s', true], ['took>1500ms', false], ['size>=20KB', true], ['size>20KiB', false], ['missing>1', false], ['missing!=1', false], ['level="x" or status>500', true], ['level="error", status>600', false], ['level="x" or (status>500 and took>2s)', false],
    ['ip=ip("10.0.0.1-10.0.0.20")', true], ['ip!=ip("10.0.0.0/8")', false],
  ])('%s is %s', (condition, expected) => {
    expect(labelsOf(line, `| json | ${condition}`) !== null).toBe(expected)
  })
  it('keeps a line whose label is no number and says so', () => {
    expect(labelsOf('{"status":"none"}', '| json | status > 500')).toMatchObject({ __error__: 'LabelFilterErr' })
  })
})

describe('formats', () => {
  const line = '{"level":"warn","msg":"slow query","ms":"1250","path":"/pay?a=1"}'
  it.each([
    ['{{.level | ToUpper}}: {{.msg}}', 'WARN: slow query'], ['{{ ToUpper .level }}', 'WARN'], ['{{.msg | trunc 4}}', 'slow'], ['{{ trunc -5 .msg }}', 'query'], ['{{.missing}}-', '-'],
    ['{{if eq .level "warn"}}W{{else}}-{{end}}', 'W'], ['{{if gt (int .ms) 2000}}a{{else if gt (int .ms) 1000}}b{{else}}c{{end}}', 'b'], ['{{ divf .ms 1000 }}s', '1.25s'], ['{{ .msg | replace "slow" "fast" }}', 'fast query'],
    ['{{ default "none" .missing }}', 'none'], ['{{ printf "%-6s|%5.1f" .level (float64 .ms) }}', 'warn  |1250.0'], ['{{ regexReplaceAll "(\\\\w+) (\\\\w+)" .msg "$2 $1" }}', 'query slow'], ['{{ __timestamp__ | date "15:04:05.000" }}', '00:00:00.000'],
    ['{{ __line__ | len }}', String(line.length)], ['{{ urlencode .path }}', '%2Fpay%3Fa%3D1'], ['a {{- .level -}} b', 'awarnb'], ['{{/* note */}}x', 'x'], ['{{ substr 0 4 .msg | title }}', 'Slow'],
  ])('%s', (template, expected) => {
    expect(lineOf(line, `| json | line_format \`${template}\``)).toBe(expected)
  })
  it('renames and makes labels', () => {
    expect(labelsOf(line, '| json | label_format severity=level, where="{{.path}}!" | keep severity, where')).toEqual({ severity: 'warn', where: '/pay?a=1!' })
    expect(labelsOf(line, '| json | drop msg, ms="9", level=~"w.*"')).toEqual({ ms: '1250', path: '/pay?a=1' })
  })
  it('marks a line on which a function fails', () => {
    expect(labelsOf(line, '| json | line_format "{{ duration .level }}" | keep x')).toMatchObject({ __error__: 'TemplateFormatErr' })
  })
  it.each([['{{.level', 'unclosed action'], ['{{.level | toUper}}', 'did you mean ToUpper?'], ['{{if .a}}', 'without {{end}}'], ['{{ trunc 4 }}', 'wrong number of args'], ['{{range .x}}{{end}}', 'range is not supported'], ['{{level}}', 'not defined'], ['{{ $x }}', 'variables']])('refuses %s', (template, message) => {
    const result = queryLogs(new MemoryLogSource([]), `{app="shop"} | line_format \`${template}\``, { fromUs: 0, toUs: 1, limit: 1, direction: 'oldest-first' })
    expect(result.ok ? '' : result.error.message).toContain(message)
  })
  it('never fails on any template', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('{{', '}}', '{{-', '-}}', '.a', '"x"', '|', '(', ')', 'ToUpper', 'trunc', ' 4 ', 'if ', 'else', 'end', ' ', 'add', 'div', '0', 'repeat', '99999999', 'printf', '"%9999999s"', '$', '%', 'eq', 'date', '__timestamp__', 'x'), { maxLength: 14 }), (parts) => {
      queryLogs(new MemoryLogSource(entriesOf(APP, ['{"a":"5"}'])), `{app="shop"} | json | line_format \`${parts.join('')}\``, { fromUs: 0, toUs: 10, limit: 1, direction: 'oldest-first' })
    }), { numRuns: 2000 })
  })
})

describe('windows of log queries', () => {
  const entries = entriesOf(APP, Array.from({ length: 3600 }, (_, i) => `n=${i}`))
  it('gives the newest first without reading all', () => {
    const source = new MemoryLogSource(entries)
    const rows = linesOf(source, '{app="shop"}', 'newest-first', 5)
    expect(rows.map(({ line }) => line)).toEqual(['n=3599', 'n=3598', 'n=3597', 'n=3596', 'n=3595'])
    expect(source.readCount).toBeLessThan(100)
  })
  it('gives the same rows both ways', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 50 }), { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (times, limit) => {
      const source = new MemoryLogSource(times.map((timeUs, index) => ({ timeUs, labels: APP, line: String(index) })))
      const all = queryLogs(source, '{app="shop"}', { fromUs: 0, toUs: 51, limit: 100, direction: 'oldest-first' })
      const newest = queryLogs(source, '{app="shop"}', { fromUs: 0, toUs: 51, limit, direction: 'newest-first' })
      if (!all.ok || !newest.ok) throw new Error('refused')
      expect(newest.value.rows).toEqual(all.value.rows.toReversed().slice(0, limit))
      expect(newest.value.truncated).toBe(times.length > limit)
    }), { numRuns: 300 })
  })
  it('stops when asked and at its limits', () => {
    const source = new MemoryLogSource(entriesOf(APP, Array.from({ length: 10_000 }, () => 'x'), 0, 1))
    const window = { fromUs: 0, toUs: 20_000, limit: 20_000, direction: 'oldest-first' } as const
    expect(queryLogs(source, '{app="shop"}', window, { shouldStop: () => true })).toMatchObject({ ok: false, error: { kind: 'stopped' } })
    expect(queryLogs(source, '{app="shop"}', window, { maximumLines: 4096 })).toMatchObject({ ok: false, error: { kind: 'query' } })
  })
})
