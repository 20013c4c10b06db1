/** Series up to a moment: what comes later is not drawn yet. */
import type { AlignedSeries } from '../../charts/align.ts'

/** Number of points at or before a time. */
export function pointsUntil({ timesSeconds }: AlignedSeries, atSeconds: number): number {
  let [from, to] = [0, timesSeconds.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((timesSeconds[middle] ?? 0) <= atSeconds) from = middle + 1
    else to = middle
  }
  return from
}

/** The first points; times stay, so that the axis does. */
export function cutSeries({ timesSeconds, columns }: AlignedSeries, points: number): AlignedSeries {
  return { timesSeconds, columns: columns.map((column) => column.map((value, index) => (index < points ? value : null))) }
}
