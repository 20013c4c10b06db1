/** Series of several queries on one grid of times, as a chart takes them. */
import type { ResultSeries } from '../../../../exercises/simulator/promql/index.ts'

/** Times in seconds since the Unix epoch, and for each series a value or null at each. */
export interface AlignedSeries {
  readonly timesSeconds: Float64Array
  readonly columns: readonly (readonly (number | null)[])[]
}

/** Puts series on the grid of their range query; what has no sample is null, a gap in the line. */
export function alignSeries(series: readonly ResultSeries[], { startMs, endMs, stepMs }: { startMs: number; endMs: number; stepMs: number }): AlignedSeries {
  const count = Math.max(0, Math.floor((endMs - startMs) / stepMs) + 1)
  const timesSeconds = Float64Array.from({ length: count }, (_, index) => (startMs + index * stepMs) / 1000)
  const columns = series.map(({ timesMs, values }) => {
    const column: (number | null)[] = Array.from({ length: count }, () => null)
    for (let at = 0; at < timesMs.length; at += 1) {
      const place = Math.round(((timesMs[at] ?? 0) - startMs) / stepMs)
      const value = values[at] ?? Number.NaN
      // NaN and infinities have no place on an axis; their gap says that there is no value.
      if (place >= 0 && place < count && Number.isFinite(value)) column[place] = value
    }
    return column
  })
  return { timesSeconds, columns }
}
