import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRegex, RegexSyntaxError, replaceAll } from './index.ts'

describe('RE2 expressions', () => {
  it.each([
    ['error', 'an error here', true], ['^error', 'an error', false], ['err|warn', 'a warning', true],
    ['(?i)ERROR', 'an error', true], ['\\berror\\b', 'an error, yes', true], ['\\berror\\b', 'errors', false],
    ['a.c', 'a\nc', false], ['(?s)a.c', 'a\nc', true], ['(?m)^c$', 'a\nc', true], ['[[:alpha:]]+\\d{2,3}$', 'ab123', true],
    ['^\\p{Lu}', 'Éa', true], ['^.$', '😀', true], ['[^a]', 'a', false], ['x*', '', true], ['\\Qa.b\\E', 'a.b', true],
    ['^(?:a|ab)$', 'ab', true], ['a{0}b', 'b', true], ['5\\d\\d', 'status=503', true],
  ])('%s against %j is %s', (pattern, text, expected) => {
    expect(compileRegex(pattern).matches(text)).toBe(expected)
    expect(compileRegex(pattern).find(text) !== null).toBe(expected)
  })

  it('finds groups as a leftmost, first-option search does', () => {
    const regex = compileRegex('(?P<method>\\w+) (?P<path>\\S+)( HTTP)?')
    const slots = regex.find('x: GET /pay HTTP/1.1') ?? new Int32Array()
    expect([...slots]).toEqual([3, 16, 3, 6, 7, 11, 11, 16])
    expect(regex.groupNames).toEqual([null, 'method', 'path', null])
  })

  it('replaces with groups', () => {
    expect(replaceAll(compileRegex('(\\w+)@(?P<host>\\w+)'), 'a@b c@d', '${host}.$1')).toBe('b.a d.c')
    expect(replaceAll(compileRegex('a*'), 'baac', '-')).toBe('-b-c-')
  })

  it.each([
    ['a(b', 'missing closing )'], ['a)', 'unexpected )'], ['a**', 'invalid nested repetition operator'], ['[a', 'missing closing ]'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'], ['(?<!a)', 'invalid or unsupported Perl syntax: `(?<!`'], ['\\1', 'invalid escape sequence'],
    ['*a', 'missing argument to repetition operator'], ['a{2000}', 'invalid repeat count'], ['\\', 'trailing backslash'],
    ['((a{1000}){1000}){1000}', 'expression too large'],
  ])('refuses %s', (pattern, message) => {
    expect(() => compileRegex(pattern)).toThrow(message)
  })

  it('stays fast where backtracking would not end', () => {
    const text = 'a'.repeat(5000) + '!'
    for (const pattern of ['^(a+)+$', '(a|a)*$b', '(.*)*x', '(a?){60}a{60}$']) {
      const regex = compileRegex(pattern)
      regex.matches(text)
      regex.find(text)
      regex.matchesWhole(text)
    }
  })

  const pattern = fc.array(fc.constantFrom('a', 'b', 'ab', '.', 'a*', 'b+?', '(a|b)', '(ab)*', 'a?', '[ab]', '[^a]', '^', '$', '\\b', 'c{1,2}', '|'), { maxLength: 8 })
    .map((parts) => parts.join(''))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 })

  it('agrees with JavaScript where both know the syntax', () => {
    fc.assert(fc.property(pattern, text, (source, input) => {
      let native: RegExp
      try {
        native = new RegExp(source)
      } catch {
        return
      }
      // Assertions take no repetition in our generator, and group contents of empty loops differ by design, so only the
      // span of the match is compared.
      let regex
      try {
        regex = compileRegex(source)
      } catch (error) {
        expect(error).toBeInstanceOf(RegexSyntaxError)
        return
      }
      const expected = native.exec(input)
      const slots = regex.find(input)
      expect(regex.matches(input)).toBe(expected !== null)
      expect(slots === null ? null : [slots[0], slots[1]]).toEqual(expected === null ? null : [expected.index, expected.index + expected[0].length])
      expect(regex.matchesWhole(input)).toBe(new RegExp(`^(?:${source})$`).test(input))
    }), { numRuns: 3000 })
  })

  it('never fails other than with a syntax error', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab()[]{}*+?|^$.\\-,0123pPdwQEx:<>imsU'), maxLength: 24 }), text, (source, input) => {
      try {
        const regex = compileRegex(source)
        expect(regex.find(input) !== null).toBe(regex.matches(input))
      } catch (error) {
        if (!(error instanceof RegexSyntaxError)) throw error
      }
    }), { numRuns: 3000 })
  })
})
