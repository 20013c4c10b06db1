import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRegex, RegexSyntaxError } from './index.ts'

function groups(pattern: string, text: string): readonly string[] | null {
  const regex = compileRegex(pattern, { dotAll: true })
  const slots = regex.findWhole(text)
  expect(regex.matchesWhole(text)).toBe(slots !== null)
  return slots === null ? null : regex.groupNames.map((_, group) => text.slice(slots[group * 2], Math.max(0, slots[group * 2 + 1] ?? 0)))
}

describe('matching whole texts', () => {
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
    expect(() => compileRegex(pattern)).toThrow(expect.objectContaining({ message: `error parsing regexp: ${message}` }))
  })

  it('takes time linear in the text, whatever the pattern', () => {
    const text = `${'a'.repeat(5000)}b`
    for (const pattern of ['(a+)+$', '(a|a)*c', '(a*)*(a*)*(a*)*c', '(a|aa|aaa)+c']) expect(groups(pattern, text)).toBeNull()
    expect(() => compileRegex('((a{1000}){1000}){1000}')).toThrow(RegexSyntaxError)
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

  it('takes any characters', () => {
    const parts = fc.constantFrom('a', 'b', '.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '^', '$', '\\', '-', '1', ',', '(?i)', '(?P<n>', '\\p', '[[:alpha:]]', '\\Q')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 15 }), fc.string({ maxLength: 20 }), (pattern, text) => {
        try {
          groups(pattern.join(''), text)
        } catch (error) {
          if (!(error instanceof RegexSyntaxError)) throw error
          expect(error.message).toMatch(/^error parsing regexp: /)
        }
      }),
      { numRuns: 4000 },
    )
  })
})
