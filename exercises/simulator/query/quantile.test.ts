import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile } from './quantile.ts'

/** As Prometheus has it: sorted, NaN first. */
function bySorting(q: number, values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => (Number.isNaN(left) ? -1 : Number.isNaN(right) ? 1 : left === right ? 0 : left - right))
  const rank = q * (sorted.length - 1)
  const weight = rank - Math.floor(rank)
  const at = (index: number): number => sorted[Math.min(index, sorted.length - 1)] ?? 0
  return at(Math.floor(rank)) * (1 - weight) + at(Math.floor(rank) + 1) * weight
}

describe('quantile', () => {
  it('selects as sorting does', () => {
    const value = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity))
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1)), (values, q) => {
      // Zeros of either sign may come in any order.
      expect(quantile(q, Float64Array.from(values), values.length) + 0).toBe(bySorting(q, values) + 0)
    }), { numRuns: 2000 })
  })

  it('is an infinity outside of [0, 1], and nothing of no values', () => {
    const values = Float64Array.of(1, 2)
    expect([quantile(-1, values, 2), quantile(2, values, 2), quantile(Number.NaN, values, 2), quantile(0.5, values, 0)]).toEqual([-Infinity, Infinity, Number.NaN, Number.NaN])
  })
})
