import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'
import { nextOrder, sortedOrder } from './sort.ts'

const shown = (rows: SqlValue[][], direction: 'ascending' | 'descending'): SqlValue[] =>
  [...sortedOrder(rows, { column: 0, direction })].map((index) => rows[index]![0]!)

describe('sortedOrder', () => {
  it('orders numbers as numbers, text by code unit, blobs by bytes, and keeps NULL last both ways', () => {
    const blob = Uint8Array.of(1)
    const rows: SqlValue[][] = [[null], ['b'], [10], ['B'], [9], [blob]]
    expect(shown(rows, 'ascending').map((v) => v ?? 'NULL')).toEqual([9, 10, 'B', 'b', blob, 'NULL'])
    expect(shown(rows, 'descending').map((v) => v ?? 'NULL')).toEqual([blob, 'b', 'B', 10, 9, 'NULL'])
  })

  it('is stable and a permutation, whatever the rows', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(null), fc.constantFrom('a', 'b'))
    fc.assert(
      fc.property(fc.array(fc.tuple(value)), fc.constantFrom('ascending' as const, 'descending' as const), (rows, direction) => {
        const order = [...sortedOrder(rows, { column: 0, direction })]
        expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, index) => index))
        for (let at = 1; at < order.length; at += 1) {
          const before = order[at - 1]!
          const after = order[at]!
          if (rows[before]![0] === rows[after]![0]) expect(before).toBeLessThan(after)
        }
      }),
    )
  })

  it('goes from ascending to descending to the order returned', () => {
    const first = nextOrder(null, 2)
    const second = nextOrder(first, 2)
    expect(first).toEqual({ column: 2, direction: 'ascending' })
    expect(second).toEqual({ column: 2, direction: 'descending' })
    expect(nextOrder(second, 2)).toBeNull()
    expect(nextOrder(second, 1)).toEqual({ column: 1, direction: 'ascending' })
  })
})
