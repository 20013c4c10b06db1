import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitPicture, maxScale, panPicture, windowHeight, zoomPicture } from './pan-zoom.ts'

const size = fc.record({ width: fc.integer({ min: 50, max: 4000 }), height: fc.integer({ min: 50, max: 4000 }) })

describe('pan and zoom', () => {
  it('fits the whole picture, never larger than life', () => {
    expect(fitPicture({ width: 1000, height: 500 }, { width: 500, height: 500 })).toEqual({ x: 0, y: 125, scale: 0.5 })
    expect(fitPicture({ width: 100, height: 100 }, { width: 500, height: 300 })).toEqual({ x: 200, y: 100, scale: 1 })
    expect(fitPicture({ width: 100, height: 100 }, { width: 0, height: 0 }).scale).toBe(1)
  })
  it('keeps the point under the pointer in place', () => {
    const picture = { width: 400, height: 400 }
    const viewport = { width: 400, height: 400 }
    const before = fitPicture(picture, viewport)
    const after = zoomPicture(before, 2, 100, 300, picture, viewport)
    expect([(100 - after.x) / after.scale, (300 - after.y) / after.scale]).toEqual([(100 - before.x) / before.scale, (300 - before.y) / before.scale])
  })
  it('never loses the picture, whatever is pressed', () => {
    const move = fc.oneof(
      fc.record({ dx: fc.integer({ min: -9000, max: 9000 }), dy: fc.integer({ min: -9000, max: 9000 }) }),
      fc.record({ factor: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
    )
    fc.assert(
      fc.property(size, size, fc.array(move, { maxLength: 20 }), (picture, viewport, moves) => {
        let placement = fitPicture(picture, viewport)
        for (const step of moves) {
          placement = 'factor' in step ? zoomPicture(placement, step.factor, viewport.width / 2, viewport.height / 2, picture, viewport) : panPicture(placement, step.dx, step.dy, picture, viewport)
          expect(placement.scale).toBeLessThanOrEqual(maxScale)
          expect(placement.x).toBeLessThan(viewport.width)
          expect(placement.y).toBeLessThan(viewport.height)
          expect(placement.x + picture.width * placement.scale).toBeGreaterThan(0)
          expect(placement.y + picture.height * placement.scale).toBeGreaterThan(0)
        }
      }),
    )
  })
  it('gives a picture the height it needs in the text', () => {
    const height = (width: number, tall: number): number => windowHeight({ width, height: tall }, 600, { usualPx: 560, mostPx: 1000 })
    expect([height(1200, 600), height(300, 20), height(600, 560), height(600, 650)]).toEqual([300, 120, 560, 560])
    // Labels stay readable, unless the picture is wider than the column or taller than all.
    expect([height(600, 1000), height(300, 2000), height(1200, 1400)]).toEqual([800, 1000, 700])
  })
})
