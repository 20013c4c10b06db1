import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRegex } from './match.ts'

function groups(pattern: string, text: string): readonly string[] | null {
  const compiled = compileRegex(pattern)
  if (!compiled.ok) throw new Error(compiled.message)
  return compiled.regex.exec(text)
}

describe('regular expressions', () => {
  it.each([
    ['a|b|', ['a', 'b', ''], ['c', 'ab']],
    ['(?i:PRO).*', ['production', 'PRO'], ['apro']],
    ['.*((?i)TION)x', ['productionx', 'TiOnx'], ['productionX']],
    ['a.c', ['a\nc', 'abc', 'a😀c'], ['ac']],
    ['[^a-c]+', ['xyz'], ['xaz']],
    ['[[:digit:]]{2,3}', ['12', '123'], ['1', '1234', 'ab']],
    [String.raw`\d+\.\w*`, ['1.a_1', '22.'], ['a.b']],
    [String.raw`\Qa.b\E+`, ['a.bbb'.slice(0, 3)], ['axb']],
    ['(?:ab)*?', ['', 'abab'], ['aba']],
    [String.raw`\bx\b`, ['x'], ['xx']],
    ['[]a]+', [']a]'], ['[']],
    [String.raw`\x41\x{1F600}\101`, ['A😀A'], ['A']],
    ['x{', ['x{'], ['x']],
    ['(?U)a+', ['aaa'], ['']],
  ])('%s', (pattern, matching, others) => {
    for (const text of matching) expect(groups(pattern, text), text).not.toBeNull()
    for (const text of others) expect(groups(pattern, text), text).toBeNull()
  })

  it('captures as leftmost first', () => {
    expect(groups('(a|ab)(c|bcd)?(d*)', 'abcd')).toEqual(['abcd', 'a', 'bcd', ''])
    expect(groups('(.*)-value-(.*)', 'source-value-10')).toEqual(['source-value-10', 'source', '10'])
    expect(groups('(.*?)(b*)', 'aabb')).toEqual(['aabb', 'aa', 'bb'])
    expect(groups('(?P<name>x)|y', 'y')).toEqual(['y', ''])
  })

  it.each([
    ['(', 'missing closing ): `(`'],
    [')', 'unexpected ): `)`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    [String.raw`\8`, String.raw`invalid escape sequence: ` + '`\\8`'],
    ['\\', 'trailing backslash at end of expression: ``'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{2,1}', 'invalid repeat count: `{2,1}`'],
  ])('refuses %s as Go does', (pattern, message) => {
    expect(compileRegex(pattern)).toEqual({ ok: false, message: `error parsing regexp: ${message}` })
  })

  it('takes time linear in the text, whatever the pattern', () => {
    const text = `${'a'.repeat(5000)}b`
    for (const pattern of ['(a+)+$', '(a|a)*c', '(a*)*(a*)*(a*)*c', '(a|aa|aaa)+c']) expect(groups(pattern, text)).toBeNull()
    expect(compileRegex('((a{1000}){1000}){1000}')).toMatchObject({ ok: false })
  })

  it('agrees with JavaScript where the two dialects are one', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(?:ab|b)', 'a?', 'b*', '(a*)', '(b+?)', 'a{1,2}')
    fc.assert(
      fc.property(fc.array(fc.array(atom, { maxLength: 5 }), { minLength: 1, maxLength: 3 }), fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 }), (choices, text) => {
        const pattern = choices.map((atoms) => atoms.join('')).join('|')
        const expected = new RegExp(`^(?:${pattern})$`, 's').exec(text)
        expect(groups(pattern, text)).toEqual(expected === null ? null : [...expected].map((group) => group ?? ''))
      }),
      { numRuns: 500 },
    )
  })
})
