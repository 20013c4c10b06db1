/** Whatever is typed as a query: an answer or an error with a place in it, soon. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemorySource } from './conformance/memory-source.ts'
import { runTestFile } from './conformance/run.ts'
import { functionNames } from './functions/signatures.ts'
import { instantQuery, rangeQuery } from './query.ts'

const source = new MemorySource()
for (const x of ['1', '2', '3']) {
  for (const le of ['0.1', '1', '+Inf']) {
    source.add(
      { __name__: 'a', x, le },
      Array.from({ length: 20 }, (_, index) => ({ timeMs: index * 15_000, point: (index * Number(x)) % 7 })),
    )
  }
}

function check(query: string): void {
  const outcomes = [instantQuery(source, query, 200_000), rangeQuery(source, query, { startMs: 0, endMs: 300_000, stepMs: 30_000 }, { mostVisits: 2_000_000, mostCells: 2_000_000 })]
  for (const outcome of outcomes) {
    if (outcome.ok) continue
    expect(outcome.error.message).not.toBe('')
    expect(outcome.error.from).toBeGreaterThanOrEqual(0)
    expect(outcome.error.to).toBeLessThanOrEqual(Math.max(query.length, outcome.error.from))
    if (outcome.error.kind === 'parse') expect(outcome.error.message).toMatch(/^\d+:\d+: parse error: /)
  }
}

const words = fc.constantFrom(
  ...functionNames(),
  ...'sum by without on ignoring group_left group_right bool offset and or unless atan2 topk quantile count_values start end inf nan a b le x 5m 1h30 0 1 -1 2. 1e9 0x 1y ( ) [ ] { } , : @ + - * / % ^ == != > < >= <= = =~ !~ "x" "(" \'y\' ` # \n'.split(' '),
  '\n',
  '"le"',
  '\u{1f600}',
)

describe('queries', () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 40 })), check), { numRuns: 2000 })
  })

  it('of the words of the language in any order', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), fc.constantFrom('', ' '), (list, joint) => check(list.join(joint))),
      { numRuns: 4000 },
    )
  })

  it('that were right before something was cut, doubled or put in', () => {
    const right = fc.constantFrom(
      'histogram_quantile(0.9, sum by (le) (rate(a[5m] offset 1m))) > bool 2 * a{x=~"1|2", le!="+Inf"}',
      'topk(2, max_over_time(rate(a[1m])[2m:15s] @ end())) / on (x) group_left (le) count_values("x", a)',
      'label_replace(a, "y", "$1", "x", "(.*)") unless ignoring (le) -a ^ 2 or absent(sum(a) without (x))',
    )
    fc.assert(
      fc.property(right, fc.nat(120), fc.nat(12), words, fc.boolean(), (query, at, length, word, twice) =>
        check(`${query.slice(0, at)}${word}${query.slice(twice ? Math.max(0, at - length) : at + length)}`),
      ),
      { numRuns: 3000 },
    )
  })

  it('nested or chained beyond reason', () => {
    for (const depth of [100, 900, 3000]) {
      check('('.repeat(depth) + 'a' + ')'.repeat(depth))
      check('-'.repeat(depth) + 'a')
      check(Array.from({ length: depth }, () => 'a').join(' + '))
      check(Array.from({ length: depth }, () => '2').join(' ^ '))
      check('abs('.repeat(depth) + 'a' + ')'.repeat(depth))
      check('{'.repeat(depth))
      check('[5m:'.repeat(depth))
      check(`a${'[1m:1m]'.repeat(depth)}`)
      check(`a${' offset 5m'.repeat(depth)}`)
    }
  })

  it('asking for more than there is room for', () => {
    check('sum_over_time(sum_over_time(sum_over_time(a[1y:1s])[1y:1s])[1y:1s])')
    check('max_over_time(a[290y:1ms])')
    check('count_over_time(a[1h] offset 290y)')
    check('a @ 9e15')
    check('topk(1e308, a)')
    check('quantile_over_time(-Inf, a[300y])')
  })
})

describe('test files', () => {
  it('of any lines', () => {
    const line = fc.constantFrom('load 1m', '  a{x="1"} 1+1x5 _ stale', 'clear', 'eval instant at 1m a', '  {} 1', '  expect fail', 'eval range from 0 to 5m step 0 a', '  a{', '{{', '  a {{}}x3', 'load', '  expect range vector from')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        runTestFile(lines.join('\n'))
      }),
      { numRuns: 500 },
    )
  })
})
