import { describe, expect, it } from 'vitest'
import { parsePromql } from './parse.ts'
import type { Expr } from './ast.ts'

function messageOf(query: string): string {
  const parsed = parsePromql(query)
  return parsed.ok ? 'no error' : parsed.error.message
}

/** An expression with its grouping written out. */
function show(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return String(expr.value)
    case 'string':
      return JSON.stringify(expr.value)
    case 'selector':
      return `${expr.name ?? '{}'}${expr.offsetMs === null ? '' : ` offset ${expr.offsetMs}`}${expr.at === null ? '' : ` @ ${expr.at}`}`
    case 'matrix':
      return `${show(expr.selector)}[${expr.rangeMs}]`
    case 'subquery':
      return `${show(expr.expr)}[${expr.rangeMs}:${expr.stepMs ?? ''}]`
    case 'call':
      return `${expr.signature.name}(${expr.args.map(show).join(', ')})`
    case 'aggregate':
      return `${expr.op}${expr.without ? ' without' : ' by'}(${expr.labels.join(',')})(${expr.param ? `${show(expr.param)}, ` : ''}${show(expr.expr)})`
    case 'binary':
      return `(${show(expr.left)} ${expr.op} ${show(expr.right)})`
    case 'unary':
      return `${expr.op}${show(expr.expr)}`
    case 'paren':
      return show(expr.expr)
  }
}

function shown(query: string): string {
  const parsed = parsePromql(query)
  return parsed.ok ? show(parsed.expr) : parsed.error.message
}

describe('precedence', () => {
  it.each([
    ['a + b * c', '(a + (b * c))'],
    ['a * b + c', '((a * b) + c)'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['a - b - c', '((a - b) - c)'],
    ['-1 ^ 2', '-(1 ^ 2)'],
    ['-a * b', '(-a * b)'],
    ['2 ^ -1 * 3', '((2 ^ -1) * 3)'],
    ['a or b and c unless d', '(a or ((b and c) unless d))'],
    ['a == bool b > c', '((a == b) > c)'],
    ['a atan2 b + c', '((a atan2 b) + c)'],
    ['1 -1', '(1 - 1)'],
    ['1 - -1', '(1 - -1)'],
    ['2. + 1./4.', '(2 + (1 / 4))'],
    ['0x1F + 010 + 1e3 + .5', '(((31 + 8) + 1000) + 0.5)'],
    ['1h + Inf', '(3600 + Infinity)'],
  ])('%s', (query, expected) => {
    expect(shown(query)).toBe(expected)
  })

  it.each([
    ['a + b offset 5m', '(a + b offset 300000)'],
    ['a + b offset 5m * c', '(a + (b offset 300000 * c))'],
    ['a / b @ 10 > c', '((a / b @ 10000) > c)'],
    ['rate(a[5m] offset -1h) - rate(b[5m])', '(rate(a offset -3600000[300000]) - rate(b[300000]))'],
    ['sum(a) / sum(b offset 1d @ end())', '(sum by()(a) / sum by()(b offset 86400000 @ end))'],
    ['max_over_time(a[10m:])', 'max_over_time(a[600000:])'],
    ['max_over_time((a + b)[1h30m:15s] offset 1m)', 'max_over_time((a + b)[5400000:15000])'],
    ['rate(a[90])', 'rate(a[90000])'],
  ])('binds modifiers to what is before them: %s', (query, expected) => {
    expect(shown(query)).toBe(expected)
  })
})

describe('what the grammar takes', () => {
  it.each([
    ['SUM BY (job, ) (a)', 'sum by(job)(a)'],
    ['sum(a) without (x)', 'sum without(x)(a)'],
    ['topk by (on, bool) (3, a)', 'topk by(on,bool)(3, a)'],
    ['sum + by', '(sum + by)'],
    ['a # a remark\n + b', '(a + b)'],
    ['{"a.b", job="x"}', '{}'],
    ["count_values('v', a)", 'count_values by()("v", a)'],
  ])('%s', (query, expected) => {
    expect(shown(query)).toBe(expected)
  })

  it('reads strings as Go does', () => {
    const parsed = parsePromql(String.raw`"\u00e9\x41\n\"" `)
    expect(parsed.ok && parsed.expr.kind === 'string' ? parsed.expr.value : null).toBe('éA\n"')
  })
})

describe('errors are in the words of Prometheus', () => {
  // Taken from promtool, except that ends of input are told at the end and a stray parenthesis where it stands.
  it.each([
    ['', '1:1: parse error: no expression found in input'],
    ['1+', '1:3: parse error: unexpected end of input'],
    ['*1', '1:1: parse error: unexpected <op:*>'],
    ['((1)', '1:5: parse error: unclosed left parenthesis'],
    ['(1))', "1:4: parse error: unexpected right parenthesis ')'"],
    ['foo bar', '1:5: parse error: unexpected identifier "bar"'],
    ['x{a=b}', '1:5: parse error: unexpected identifier "b" in label matching, expected string'],
    ['x{a}', '1:4: parse error: unexpected "}" in label matching, expected label matching operator'],
    ['x{a="b" c="d"}', '1:9: parse error: unexpected identifier "c" in label matching, expected "," or "}"'],
    ['x{a="b",,}', '1:9: parse error: unexpected "," in label matching, expected identifier or "}"'],
    ['x{a="b', '1:5: parse error: unterminated quoted string'],
    ['x{a~"b"}', "1:4: parse error: unexpected character inside braces: '~'"],
    ['x{a', '1:4: parse error: unexpected end of input inside braces'],
    ['a =~ b', "1:3: parse error: unexpected character after '=': '~'"],
    ['$', "1:1: parse error: unexpected character: '$'"],
    ['1h30', '1:1: parse error: bad number or duration syntax: "1h30"'],
    ['rte(x[5m])', '1:1: parse error: unknown function with name "rte"'],
    ['1 == == 2', '1:6: parse error: unexpected <op:==>'],
    ['rate(x[5m]) by (a)', '1:13: parse error: unexpected <by>'],
    ['sum by x (y)', '1:8: parse error: unexpected identifier "x" in grouping opts, expected "("'],
    ['sum by (1) (x)', '1:9: parse error: unexpected number "1" in grouping opts, expected label'],
    ['a on(b) c', '1:3: parse error: unexpected <on>'],
    ['x offset foo', '1:10: parse error: unexpected identifier "foo" in offset, expected number or duration'],
    ['a @ foo', '1:5: parse error: unexpected identifier "foo" in @, expected timestamp'],
    ['x[5m', '1:5: parse error: unclosed left bracket'],
    ['sum(rate(a[5m] b))', '1:16: parse error: unexpected identifier "b" in aggregation'],
    ['sum by (x) a', '1:12: parse error: unexpected identifier "a" in aggregation'],
    ['clamp(a, 1,)', '1:11: parse error: trailing commas not allowed in function call args'],
    ['x{a!b}', "1:4: parse error: unexpected character after '!' inside braces: 'b'"],
    ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['x{a=~"("}', '1:3: parse error: error parsing regexp: missing closing ): `(`'],
    ['x{__name__="y"}', '1:1: parse error: metric name must not be set twice: "x" or "y"'],
    ['rate(x)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['sum(1)', '1:5: parse error: expected type instant vector in aggregation expression, got scalar'],
    ['rate(x[5m], 2)', '1:1: parse error: expected 1 argument(s) in call to "rate", got 2'],
    ['round()', '1:1: parse error: expected at least 1 argument(s) in call to "round", got 0'],
    ['hour(a, b)', '1:1: parse error: expected at most 1 argument(s) in call to "hour", got 2'],
    ['sum(x, y)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2'],
    ['topk(x)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['topk(x, x)', '1:6: parse error: expected type scalar in aggregation parameter, got instant vector'],
    ['sum(x)[5m]', '1:7: parse error: ranges only allowed for vector selectors'],
    ['a offset 5m[5m]', '1:12: parse error: no offset modifiers allowed before range'],
    ['a offset 1h offset 2h', '1:1: parse error: offset may not be set multiple times'],
    ['sum(a) offset 5m', '1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery'],
    ['1[5m:]', '1:1: parse error: subquery is only allowed on instant vector, got scalar instead'],
    ['1 + x[5m]', '1:5: parse error: binary expression must contain only scalar and instant vector types'],
    ['1 == 1', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['a + bool b', '1:3: parse error: bool modifier can only be used on comparison operators'],
    ['a and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['a and on(x) group_left b', '1:1: parse error: no grouping allowed for "and" operation'],
    ['a + on(b) group_left(b) c', '1:3: parse error: label "b" must not occur in ON and GROUP clause at once'],
    ['a + on(b) 1', '1:1: parse error: vector matching only allowed between instant vectors'],
    ['-"a"', '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string"'],
    ['sum(\n  rate(x))', '2:8: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['limitk(2, a)', '1:1: parse error: limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions'],
    ['mad_over_time(a[5m])', '1:1: parse error: function "mad_over_time" is not enabled'],
  ])('%s', (query, expected) => {
    expect(messageOf(query)).toBe(expected)
  })

  it('come with a way out', () => {
    const suggestion = (query: string): string | null => {
      const parsed = parsePromql(query)
      return parsed.ok ? null : parsed.error.suggestion
    }
    expect(suggestion('rte(x[5m])')).toBe('Did you mean rate?')
    expect(suggestion('histogram_quantle(0.9, x)')).toBe('Did you mean histogram_quantile?')
    expect(suggestion('smu(x)')).toBe('Did you mean sum?')
    expect(suggestion('zzzzzz(x)')).toBeNull()
    expect(suggestion('rate(x)')).toContain('[5m]')
    expect(suggestion('x{a=b}')).toContain('"b"')
    expect(suggestion('1 == 1')).toContain('== bool')
  })

  it('span what is wrong', () => {
    const parsed = parsePromql('sum(rate(up))')
    expect(parsed).toMatchObject({ ok: false, error: { kind: 'parse', from: 9, to: 11 } })
  })
})
