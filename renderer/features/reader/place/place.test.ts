import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chapter } from '../fixture-chapter.ts'
import { blockAtLine, stepFromLine } from './anchor-line.ts'
import { findPlace, keptBlock, mapSection, openingPlace, placeKept, routeOf } from './chapter-map.ts'

const locks = chapter.sections[1]!

describe('chapter map', () => {
  it('finds sections, blocks, and blocks inside blocks', () => {
    expect(findPlace(chapter, 'locks')).toEqual({ section: 'locks', block: null })
    expect(findPlace(chapter, 'waits')).toEqual({ section: 'locks', block: 3 })
    expect(findPlace(chapter, 'pool-rate')).toEqual({ section: 'locks', block: 4 })
    expect(findPlace(chapter, 'gone')).toBeNull()
  })
  it('opens at the kept paragraph unless another section is named', () => {
    const kept = { section: 'locks', block: 'p4' }
    expect(openingPlace(chapter, null, kept)).toEqual({ section: 'locks', block: 1 })
    expect(openingPlace(chapter, 'locks', kept)).toEqual({ section: 'locks', block: 1 })
    expect(openingPlace(chapter, 'opening', kept)).toEqual({ section: 'opening', block: null })
    expect(openingPlace(chapter, 'waits', kept)).toEqual({ section: 'locks', block: 3 })
    expect(openingPlace(chapter, null, { section: 'locks', block: 'edited away' })).toEqual({ section: 'locks', block: null })
    expect(openingPlace(chapter, null, { section: 'gone', block: 'p1' })).toBeNull()
    expect(openingPlace(chapter, 'gone', null)).toBeNull()
  })
  it('names every place so that it is found again', () => {
    for (const block of [null, 0, 1, 2, 3, 4, 5]) expect(placeKept(locks, keptBlock(locks, block))).toEqual({ section: 'locks', block })
  })
  it('lists what a section holds, also inside callouts', () => {
    const map = mapSection(locks)
    expect(map.landmarks.map((landmark) => landmark.id)).toEqual(['waits'])
    expect([map.checks.map((check) => check.id), map.exercises]).toEqual([['pool-rate'], ['sql-locks']])
  })
  it('turns links of content into routes', () => {
    expect([routeOf('/chapters/ch07#locks', null), routeOf('#locks', 'ch07'), routeOf('/exercises/x', null)]).toEqual(['/chapters/ch07/locks', '/chapters/ch07/locks', '/exercises/x'])
  })
})

describe('reading line', () => {
  const edges = [-300, -20, 24, 180, 900].map((topPx) => ({ topPx }))
  it('names the block that crosses the line', () => {
    expect([blockAtLine(edges, 24), blockAtLine(edges, 23), blockAtLine(edges, 500), blockAtLine(edges, -999), blockAtLine([], 24)]).toEqual([2, 2, 3, 0, 0])
  })
  it('goes to the next block, and back to the start of a block first', () => {
    expect([stepFromLine(edges, 24, 1), stepFromLine(edges, 24, -1), stepFromLine(edges, 100, -1)]).toEqual([3, 1, 2])
    expect([stepFromLine(edges, 900, 1), stepFromLine(edges, -300, -1)]).toEqual([null, null])
  })
  it('always moves forward when going forward', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: -100, max: 900 }), (tops, line) => {
        const sorted = [...new Set(tops)].sort((one, other) => one - other).map((topPx) => ({ topPx }))
        const next = stepFromLine(sorted, line, 1)
        if (next !== null) expect(sorted[next]!.topPx).toBeGreaterThan(line)
      }),
    )
  })
})
