import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextSection } from './use-drawn-sections.ts'

it('draws the nearest section next, below before above', () => {
  const order: number[] = []
  const drawn = new Set([4, 5])
  for (let next = nextSection(drawn, 8, 4); next !== null; next = nextSection(drawn, 8, 4)) {
    order.push(next)
    drawn.add(next)
  }
  expect(order).toEqual([3, 6, 2, 7, 1, 0])
})

it('follows a reader who has gone elsewhere', () => {
  expect(nextSection(new Set([0, 1]), 20, 15)).toBe(15)
})

it('draws every section once, wherever reading goes meanwhile', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.nat(39)), (count, places) => {
      const drawn = new Set<number>()
      for (const place of places) {
        const next = nextSection(drawn, count, Math.min(place, count - 1))
        if (next === null) break
        expect(drawn.has(next)).toBe(false)
        drawn.add(next)
      }
      expect([...drawn].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index))
    }),
  )
})
