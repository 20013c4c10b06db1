import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatGeneral, formatSampleValue, parseFloatText } from './number-text.ts'

describe('numbers as Go writes them', () => {
  it.each([
    [0, undefined, '0'], [-0, undefined, '-0'], [0.0001, undefined, '0.0001'], [0.00001, undefined, '1e-05'], [1e21, undefined, '1e+21'], [1e20, undefined, '100000000000000000000'],
    [1234.5678, 4, '1235'], [123456, 4, '1.235e+05'], [0.5, 4, '0.5'], [0.000012345, 3, '1.23e-05'], [100, 2, '1e+02'], [Infinity, 4, '+Inf'], [Number.NaN, undefined, 'NaN'],
  ])('%s with %s digits is %s', (value, digits, text) => {
    expect(formatGeneral(value, digits)).toBe(text)
  })

  it('read back as themselves', () => {
    fc.assert(fc.property(fc.double(), (value) => {
      expect(parseFloatText(formatGeneral(value))).toBe(value)
      expect(parseFloatText(formatSampleValue(value))).toBe(value)
    }))
  })

  it.each(['', '.', '1.2.3', '1_0', '0x10', ' 1', '1e', '--1', 'one'])('are not %j', (text) => {
    expect(parseFloatText(text)).toBeNull()
  })

  it.each([['.5', 0.5], ['5.', 5], ['007', 7], ['-Inf', -Infinity], ['1e3', 1000], ['+2', 2]])('%s is read as %d', (text, value) => {
    expect(parseFloatText(text)).toBe(value)
  })
})
