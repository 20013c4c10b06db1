import { describe, expect, it } from 'vitest'
import { arrowBetween, box, boxCentres, drawing } from './graph-layout.ts'

describe('boxCentres', () => {
  it.each([1, 2, 3, 4, 5, 6])('puts %i boxes into the drawing', (count) => {
    const centres = boxCentres(count)
    expect(centres).toHaveLength(count)
    for (const { x, y } of centres) {
      expect(x - box.width / 2).toBeGreaterThanOrEqual(0)
      expect(x + box.width / 2).toBeLessThanOrEqual(drawing.width)
      expect(y - box.height / 2).toBeGreaterThanOrEqual(0)
      expect(y + box.height / 2).toBeLessThanOrEqual(drawing.height)
    }
  })

  it.each([2, 3, 4])('keeps %i boxes apart', (count) => {
    const centres = boxCentres(count)
    for (const [index, a] of centres.entries()) for (const b of centres.slice(index + 1)) expect(Math.abs(a.x - b.x) >= box.width || Math.abs(a.y - b.y) >= box.height).toBe(true)
  })
})

it('keeps arrows that run against each other apart, and their labels in the drawing', () => {
  const [a = { x: 0, y: 0 }, b = { x: 0, y: 0 }] = boxCentres(2)
  const [there, back] = [arrowBetween(a, b, true), arrowBetween(b, a, true)]
  expect(Math.abs(there.label.y - back.label.y)).toBeGreaterThan(60)
  for (const { label } of [there, back]) expect(label.y).toBeGreaterThan(10)
  for (const { label } of [there, back]) expect(label.y).toBeLessThan(drawing.height - 10)
})
