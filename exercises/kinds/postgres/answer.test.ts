import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientParameters, interleavings, ordersOf, readSchedule } from './answer.ts'

describe('readSchedule', () => {
  it('reads steps, lines that continue one, and comments', () => {
    expect(readSchedule('-- first\nA: BEGIN\nB: SELECT 1,\n  2\n\nA: COMMIT', ['A', 'B']).steps).toEqual([
      { session: 'A', sql: 'BEGIN', line: 2 },
      { session: 'B', sql: 'SELECT 1,\n  2', line: 3 },
      { session: 'A', sql: 'COMMIT', line: 6 },
    ])
  })

  it('refuses sessions that are not there, and lines without one', () => {
    expect(readSchedule('SELECT 1\nC: SELECT 2', ['A', 'B']).faults).toMatchObject([{ line: 1 }, { line: 2 }])
  })
})

describe('interleavings', () => {
  it('are all orders, each once, and never more than asked for', () => {
    expect(interleavings([2, 2], 70)).toHaveLength(6)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 20 }), (turns, max) => {
        const orders = interleavings(turns, max)
        expect(orders).toHaveLength(Math.min(max, ordersOf(turns)))
        expect(new Set(orders.map(String)).size).toBe(orders.length)
        for (const order of orders) expect(turns.map((_, client) => order.filter((turn) => turn === client).length)).toEqual(turns)
      }),
    )
  })
})

it('puts a client’s number into its parameters', () => {
  expect(clientParameters({ customer: '{client}', name: 'worker-{client}', item: 1 }, 3)).toEqual({ customer: 3, name: 'worker-3', item: 1 })
})
