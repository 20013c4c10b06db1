import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLogql } from './parse.ts'
import type { MetricExpression } from './syntax.ts'

function errorOf(query: string) {
  const parsed = parseLogql(query)
  if (parsed.ok) throw new Error(`${query} was accepted`)
  return parsed.error
}

describe('LogQL that is not LogQL', () => {
  it.each([
    ['{a=b}', 'parse error at line 1, col 4: syntax error: unexpected IDENTIFIER, expecting STRING', '"b"'],
    ['{a="b"', 'parse error at line 1, col 7: syntax error: unexpected $end, expecting } or ,', 'Close the stream selector'],
    ['{a="b" c="d"}', 'parse error at line 1, col 8: syntax error: unexpected IDENTIFIER, expecting } or ,', 'comma'],
    ['{}', 'parse error at line 1, col 2: syntax error: unexpected }, expecting IDENTIFIER', 'at least one label'],
    ['{a=~".*"}', 'queries require at least one regexp or equality matcher', 'matcher'],
    ['{a="b"} | jsn', 'unexpected $end', 'Did you mean json?'],
    ['cont_over_time({a="b"}[5m])', 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER', 'Did you mean count_over_time?'],
    ['rate({a="b"})', 'parse error at line 1, col 13: syntax error: unexpected )', 'rate({...}[5m])'],
    ['rate({a="b"}[5)', "missing closing ']' in duration", '[5m]'],
    ['rate({a="b"}[5minutes])', 'unknown unit "minutes" in duration "5minutes"', '[5m]'],
    ['rate({a="b"}[0s])', 'duration must be greater than 0', '[5m]'],
    ['sum({a="b"}[5m])', 'unexpected RANGE', 'sum(rate({...}[5m]))'],
    ['{a="b"}[5m]', 'parse error at line 1, col 8: syntax error: unexpected RANGE', 'inside a function'],
    ['{a="b} | json', 'literal not terminated', 'Close the string'],
    ["{a='b'}", 'double quotes', 'double quotes'],
    ['{a="b"} | x == 5 && y > 3', 'col 18', '"and"'],
    ['{a="b"} |~ "(?=x)"', 'invalid or unsupported Perl syntax: `(?=`', 'RE2'],
    ['{a="b"} |~ "\\d+"', 'unknown escape', 'backticks'],
    ['{a="b"} + 1', 'unexpected type for left leg of binary operation (+)', 'rate('],
    ['sum_over_time({a="b"}[5m])', 'invalid aggregation sum_over_time without unwrap', 'unwrap'],
    ['count_over_time({a="b"} | unwrap x [5m])', 'invalid aggregation count_over_time with unwrap', 'remove the unwrap'],
    ['rate({a="b"}[5m]) by (x)', 'grouping not allowed for rate aggregation', 'sum by (x)'],
    ['topk(rate({a="b"}[5m]))', 'parameter required for operation topk', 'topk(5'],
    ['sum by level (rate({a="b"}[5m]))', 'col 8', 'by (level)'],
    ['{a="b"} | label_format x=y, x=z', "multiple label name 'x' not allowed", 'second label_format'],
    ['rate({a="b"}[1m]) and 1', 'unexpected literal for right leg', 'vector(1)'],
    ['{a="b"}\n| json\n| level=error', 'parse error at line 3, col 9', '"error"'],
  ])('%s', (query, message, suggestion) => {
    const error = errorOf(query)
    expect(error.message).toContain(message)
    expect(error.suggestion).toContain(suggestion)
    expect(error.from).toBeLessThanOrEqual(error.to)
  })

  it('places errors by character, not by code unit', () => {
    expect(errorOf('{a="😀" b="c"}').column).toBe(8)
  })
})

function shape(expression: MetricExpression): string {
  if (expression.kind === 'binary') return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`
  return expression.kind === 'scalar' ? String(expression.value) : expression.kind
}

describe('precedence', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'], ['1 * 2 + 3', '((1 * 2) + 3)'], ['(1 + 2) * 3', '((1 + 2) * 3)'], ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['1 / 2 / 4', '((1 / 2) / 4)'], ['10 - 2 - 3', '((10 - 2) - 3)'], ['vector(1) / vector(2) > 0.1', '((vector / vector) > 0.1)'],
    ['vector(1) or vector(2) and vector(3)', '(vector or (vector and vector))'], ['-1 + 2', '(-1 + 2)'],
  ])('%s', (query, expected) => {
    const parsed = parseLogql(query)
    expect(parsed.ok && parsed.value.kind !== 'logs' ? shape(parsed.value) : parsed).toBe(expected)
  })

  it('binds and before or in conditions on labels', () => {
    const parsed = parseLogql('{a="b"} | x=1 or y=2 and z=3, w=4')
    const stage = parsed.ok && parsed.value.kind === 'logs' ? parsed.value.stages[0] : undefined
    expect(stage).toMatchObject({ filter: { kind: 'or', left: { name: 'x' }, right: { kind: 'and', left: { kind: 'and', left: { name: 'y' }, right: { name: 'z' } }, right: { name: 'w' } } } })
  })
})

describe('forms that the grammar alone refuses', () => {
  it.each(['rate(({a="b"} | logfmt | unwrap x)[5m])', 'rate({a="b"} | json | unwrap x [5m] offset 1m)', 'rate({a="b"} | json | unwrap x [5m] offset -30s)', 'rate((({a="b"} |= "x"))[5m])'])('%s', (query) => {
    expect(parseLogql(query)).toMatchObject({ ok: true })
  })
})

const fragment = fc.constantFrom('{', '}', '(', ')', '[5m]', '[', ']', '"x"', '`y`', '"', '`', "'", 'a', 'level', '=', '!=', '=~', '!~', '|=', '|~', '|>', '!>', '|', 'json', 'logfmt', 'pattern "<a> b"',
  'regexp', 'unwrap', 'duration(', 'line_format', 'label_format', 'drop', 'keep', 'sum', 'by', 'without', 'rate(', 'count_over_time(', 'quantile_over_time(0.9,', 'topk(3,', ',', '5', '5m', '10KB', '>', '<=', 'and', 'or', 'unless',
  'on(a)', 'group_left()', 'bool', 'offset', '-', '+', '*', '/', '^', '%', '#c\n', '\n', '{a="b"}', 'vector(1)', 'label_replace(', '--strict', 'ip("1.2.3.4")', '\\', '😀', '{{.a}}', '\u0000')

describe('fuzz', () => {
  it('gives an error with a place, and never fails otherwise', () => {
    fc.assert(fc.property(fc.array(fragment, { maxLength: 20 }), fc.constantFrom('', ' '), (parts, space) => {
      const query = parts.join(space)
      const parsed = parseLogql(query)
      if (parsed.ok) return
      expect(parsed.error.message).toMatch(/^parse error at line \d+, col \d+: ./)
      expect(parsed.error.from).toBeGreaterThanOrEqual(0)
      expect(parsed.error.to).toBeLessThanOrEqual(Math.max(query.length, parsed.error.from))
    }), { numRuns: 1500 })
  })

  const valid = ['{app="x", b=~"y.+"} |= "err" or "warn" != `z` | json a="b.c", d | level="error" or status >= 500 and took > 1.5s, size < 20KB | line_format "{{.a | ToUpper}}" | drop a, b="c"',
    'sum by (a, b) (rate({a="b"} | logfmt --strict | unwrap duration(x) | __error__="" [5m] offset 1m)) / on(a) group_left(c) topk(3, count_over_time({a="b"}[1m])) > bool 2',
    'quantile_over_time(0.99, {a="b"} | pattern "<ip> <_> <m>" | regexp `(?P<q>x)` | unwrap ms [10m]) by (q)']

  it('survives edits of valid queries', () => {
    fc.assert(fc.property(fc.constantFrom(...valid), fc.nat(), fc.nat({ max: 6 }), fc.oneof(fragment, fc.string({ maxLength: 3 })), (query, at, remove, insert) => {
      const place = at % query.length
      parseLogql(query.slice(0, place) + insert + query.slice(place + remove))
    }), { numRuns: 1500 })
  })

  it('refuses what would nest or grow without bound', () => {
    for (const query of ['('.repeat(9000), '{a="b"}' + '|json'.repeat(1900), '1' + '+1'.repeat(4900), '{a="b"} | x=1' + ' or x=1'.repeat(1200), 'sum('.repeat(2000), '{'.repeat(9000), '{a="b"}' + ' |= "x"'.repeat(1300), '((((1))))', '{a="b"} | ' + '('.repeat(90) + 'x=1' + ')'.repeat(90), 'x'.repeat(20_000)]) parseLogql(query)
  })
})
