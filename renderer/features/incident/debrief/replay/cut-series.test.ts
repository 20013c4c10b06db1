import { describe, expect, it } from 'vitest'
import { cutSeries, pointsUntil } from './cut-series.ts'

const series = { timesSeconds: Float64Array.of(10, 15, 20), columns: [[1, 2, 3], [null, 5, 6]] }

describe('a replayed chart', () => {
  it.each([[9, 0], [10, 1], [14.9, 1], [15, 2], [20, 3], [99, 3]])('at %f s has %i points', (at, points) => {
    expect(pointsUntil(series, at)).toBe(points)
  })
  it('keeps its times, and hides what comes later', () => {
    expect(cutSeries(series, 2)).toEqual({ timesSeconds: series.timesSeconds, columns: [[1, 2, null], [null, 5, null]] })
  })
})
