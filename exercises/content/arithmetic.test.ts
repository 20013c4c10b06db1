import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateArithmetic, printsAs, roundedLike } from './arithmetic.ts'

const valueOf = (source: string): number => {
  const result = evaluateArithmetic(source)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** Expressions with the value that JavaScript gives them; every operation is in brackets. */
const expressions = fc.letrec<{ node: { text: string; value: number } }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.integer({ min: 0, max: 1_000_000 }).map((value) => ({ text: String(value), value })),
    fc.tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node')).map(([a, sign, b]) => ({
      text: `(${a.text} ${sign} ${b.text})`,
      value: sign === '+' ? a.value + b.value : sign === '-' ? a.value - b.value : sign === '*' ? a.value * b.value : a.value / b.value,
    })),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => ({ text: `max(${a.text}, ${b.text})`, value: Math.max(a.value, b.value) })),
  ),
})).node

describe('evaluateArithmetic', () => {
  it.each([
    ['50 / 30.05', 50 / 30.05],
    ['1 + 2 * 3', 7],
    ['10 - 4 - 3', 3],
    ['2 ^ 3 ^ 2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['--3', 3],
    ['1,000,000 / 8', 125_000],
    ['max(2,3)', 3],
    ['max(1, 20, 3)', 20],
    ['sqrt(16) + ceil(log2(1000)) + floor(ln(exp(3)) + 0.5)', 17],
    ['1.5e3', 1500],
  ])('%s', (source, value) => expect(valueOf(source)).toBeCloseTo(value, 10))

  it.each([
    ['', 'expected a number', 0],
    ['1 +', 'expected a number', 3],
    ['(1', 'expected ")"', 2],
    ['1 2', 'expected an operator', 2],
    ['alert(1)', 'is not a function', 0],
    ['constructor(1)', 'is not a function', 0],
    ['1 / 0', 'no finite value', 0],
    ['sqrt(-1)', 'no finite value', 0],
    ['2 % 3', '"%" is not part', 2],
    ['sqrt(1, 2)', 'takes one value', 0],
  ])('%s fails', (source, message, offset) => {
    const result = evaluateArithmetic(source)
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining(message) as string, offset } })
  })

  it('agrees with JavaScript on bracketed expressions', () => {
    fc.assert(
      fc.property(expressions, ({ text, value }) => {
        fc.pre(text.length <= 500)
        const result = evaluateArithmetic(text)
        if (Number.isFinite(value)) expect(result).toEqual({ ok: true, value })
        else expect(result.ok).toBe(false)
      }),
    )
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,+-*/^() maxsqrtln') }), (source) => void evaluateArithmetic(source)))
  })
})

describe('printsAs', () => {
  it('accepts every number printed by its own rounding, and refuses a changed last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 4 }), (value, decimals) => {
        const printed = value.toFixed(decimals)
        expect(printsAs(value, printed)).toBe(true)
        expect(roundedLike(value, printed)).toBe(printed)
        expect(printsAs(value, (Number(printed) + 2 * 10 ** -decimals).toFixed(decimals))).toBe(false)
      }),
    )
  })
  it('reads thousands commas, signs and units', () => {
    expect(printsAs(3600.4, '3,600')).toBe(true)
    expect(printsAs(-2.5, '\u22122.5')).toBe(true)
    expect(printsAs(97.42, '97.4 %')).toBe(true)
    expect(printsAs(1, 'one')).toBe(false)
  })
})
