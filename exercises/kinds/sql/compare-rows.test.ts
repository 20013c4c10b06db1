import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceOf } from './compare-rows.ts'
import type { SqlValue, StatementResult } from './engine.ts'

const unordered = { ordered: false, columns: 'positions', tolerance: 1e-9 } as const
const ordered = { ...unordered, ordered: true } as const

function result(rows: SqlValue[][], columns = ['a', 'b']): StatementResult {
  return { sql: '', start: 0, columns, rows, truncated: false, changes: 0 }
}

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('x', 'y', '1', null))
const rows = fc.array(fc.tuple(value, value).map((pair): SqlValue[] => pair), { maxLength: 20 })

describe('differenceOf', () => {
  it('finds permuted rows equal when order does not matter', () => {
    fc.assert(
      fc.property(
        rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(differenceOf(result(list), result(shuffled), unordered)).toBeNull()
        },
      ),
    )
  })

  it('notices a row that is missing or one too many', () => {
    fc.assert(
      fc.property(rows.filter((list) => list.length > 0), (list) => {
        expect(differenceOf(result(list), result(list.slice(1)), unordered)).not.toBeNull()
        expect(differenceOf(result(list.slice(1)), result(list), ordered)).not.toBeNull()
      }),
    )
  })

  it.each<[SqlValue, SqlValue, boolean]>([
    [5, 5.0, true],
    [0.1 + 0.2, 0.3, true],
    [8_455_964_259.1, 8_455_964_259.100_001, true],
    [5, 5.001, false],
    [5, '5', false],
    [null, 0, false],
    [null, '', false],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2]), true],
    ['a', 'A', false],
  ])('%j and %j: equal is %j', (a, b, equal) => {
    expect(differenceOf(result([[a, 1]]), result([[b, 1]]), unordered) === null).toBe(equal)
    expect(differenceOf(result([[a, 1]]), result([[b, 1]]), ordered) === null).toBe(equal)
  })

  it('pairs rows within the tolerance whatever their order', () => {
    const noisy = Array.from({ length: 500 }, (_, index) => [index / 3, index % 7])
    const other = noisy.map(([a = 0, b = 0]) => [a + 1e-10, b]).toReversed()
    expect(differenceOf(result(noisy), result(other), unordered)).toBeNull()
  })

  it('shows one row that differs', () => {
    expect(differenceOf(result([[1, 'x'], [2, 'y']]), result([[1, 'x'], [2, "it's"], [3, null]]), unordered)).toBe(
      "Expected 2 rows, got 3 rows. Missing: (2, 'y'). Not expected: (2, 'it''s').",
    )
    expect(differenceOf(result([[1, 'x'], [2, 'y']]), result([[2, 'y'], [1, 'x']]), ordered)).toBe(
      "The rows are right, their order is not. Row 1 (a, b): expected (1, 'x'), got (2, 'y').",
    )
    expect(differenceOf(result([[0, 1]], ['stock', 'orders']), result([[0, 2]], ['stock', 'orders']), ordered)).toBe(
      'Row 1 (stock, orders): expected (0, 1), got (0, 2).',
    )
    expect(differenceOf(result([[0, 1]]), result([[0, 2]]), unordered)).toBe('Row 1 (a, b): expected (0, 1), got (0, 2).')
  })

  it('compares column counts always and names where asked', () => {
    expect(differenceOf(result([[1]], ['a']), result([[1, 2]]), unordered)).toBe('Expected 1 columns (a), got 2 (a, b).')
    expect(differenceOf(result([], ['a']), result([], ['z']), { ...unordered, columns: 'names' })).toBe('Column 1 should be named a, it is z.')
    expect(differenceOf(result([], ['a']), result([], ['A']), { ...unordered, columns: 'names' })).toBeNull()
  })
})
