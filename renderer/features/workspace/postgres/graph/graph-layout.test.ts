import { describe, expect, it } from 'vitest'
import { arrowBetween, box, boxCentres, drawingOf, inOrderOfWaits, withoutShortcuts } from './graph-layout.ts'

describe('boxCentres', () => {
  it.each([1, 2, 3, 4, 5, 6])('puts %i boxes into the drawing', (count) => {
    const centres = boxCentres(count)
    expect(centres).toHaveLength(count)
    for (const { x, y } of centres) {
      expect(x - box.width / 2).toBeGreaterThanOrEqual(0)
      expect(x + box.width / 2).toBeLessThanOrEqual(drawingOf(count).width)
      expect(y - box.height / 2).toBeGreaterThanOrEqual(0)
      expect(y + box.height / 2).toBeLessThanOrEqual(drawingOf(count).height)
    }
  })

  it.each([2, 3, 4, 5, 8])('keeps %i boxes apart', (count) => {
    const centres = boxCentres(count)
    for (const [index, a] of centres.entries()) for (const b of centres.slice(index + 1)) expect(Math.abs(a.x - b.x) >= box.width || Math.abs(a.y - b.y) >= box.height).toBe(true)
  })
})

it('keeps arrows that run against each other apart, and their labels in the drawing', () => {
  const [a = { x: 0, y: 0 }, b = { x: 0, y: 0 }] = boxCentres(2)
  const [there, back] = [arrowBetween(a, b, true), arrowBetween(b, a, true)]
  expect(Math.abs(there.label.y - back.label.y)).toBeGreaterThan(60)
  for (const { label } of [there, back]) expect(label.y).toBeGreaterThan(10)
  for (const { label } of [there, back]) expect(label.y).toBeLessThan(drawingOf(2).height - 10)
})

describe('a queue of waits', () => {
  const wait = (from: string, to: string) => ({ from, to })

  it('is drawn as a queue, though each waits for all before it', () => {
    const edges = [wait('b', 'a'), wait('c', 'a'), wait('c', 'b'), wait('d', 'a'), wait('d', 'b'), wait('d', 'c')]
    expect(withoutShortcuts(edges)).toEqual([wait('b', 'a'), wait('c', 'b'), wait('d', 'c')])
    expect(inOrderOfWaits(['d', 'c', 'b', 'a'], edges)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('keeps rings, and waits of their own', () => {
    const edges = [wait('a', 'b'), wait('b', 'a'), wait('c', 'a'), wait('c', 'd')]
    expect(withoutShortcuts(edges)).toEqual(edges)
  })
})
