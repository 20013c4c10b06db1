import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashState, portableExp, portableLog, portablePower } from './index.ts'

const ulp = 2 ** -52

describe('portable mathematics', () => {
  it('is right to the last place or the one before', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-308, max: 1e308, noNaN: true }), fc.double({ min: -708, max: 709, noNaN: true }), (value, power) => {
        expect(Math.abs(portableLog(value) - Math.log(value))).toBeLessThanOrEqual(ulp * Math.abs(Math.log(value)))
        expect(Math.abs(portableExp(power) / Math.exp(power) - 1)).toBeLessThanOrEqual(2 * ulp)
      }),
      { numRuns: 5000 },
    )
  })
  it('is right around 1, where the logarithm is small', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (value) => {
        expect(Math.abs(portableLog(value) - Math.log(value))).toBeLessThanOrEqual(ulp * Math.abs(Math.log(value)))
      }),
      { numRuns: 5000 },
    )
  })
  it('raises to powers', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.double({ min: -10, max: 10, noNaN: true }), (base, power) => {
        expect(Math.abs(portablePower(base, power) / base ** power - 1)).toBeLessThan(1e-13)
      }),
      { numRuns: 2000 },
    )
  })
  it('has the limits of Math', () => {
    for (const value of [0, -0, 1, -1, Infinity, -Infinity, Number.NaN]) {
      expect(portableLog(value)).toBe(Math.log(value))
      if (value !== 1 && value !== -1) expect(portableExp(value)).toBe(Math.exp(value))
    }
    for (const value of [Number.MIN_VALUE, Number.MAX_VALUE, 5e-320]) expect(portableLog(value)).toBeCloseTo(Math.log(value), 12)
    for (const value of [1, -1, 709.7, -708, -745]) expect(portableExp(value) / Math.exp(value)).toBeCloseTo(1, 12)
    expect([portableExp(710), portableExp(-746), portableExp(Number.NaN), portablePower(0, 2), portablePower(0, 0), portablePower(0, -1)]).toEqual([Infinity, 0, Number.NaN, 0, 1, Infinity])
  })
  it('has the bits that it had on every machine before', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, index) => (index * 7919 + 1) / 10_007)
    expect([hashState(values.map(portableLog)), hashState(values.map((value) => portableExp(value / 12 - 300))), hashState(values.map((value) => portablePower(value, 0.77)))]).toEqual(['18a039671d6ddb82', '6d58a287ef31a072', '3911dd5ce62b419d'])
  })
})
