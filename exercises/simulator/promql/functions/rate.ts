/** rate, increase, delta and their instant forms: how fast a series changes, as Prometheus extrapolates it. */
import type { RangeFunction, RangeWindow } from './range-function.ts'
import type { RangeSeries } from '../value.ts'

/** Indexes of samples that are lower than the one before: where a counter began anew. */
function resetsOf({ values, length }: RangeSeries): Int32Array {
  const found: number[] = []
  for (let index = 1; index < length; index += 1) if ((values[index] ?? 0) < (values[index - 1] ?? 0)) found.push(index)
  return Int32Array.from(found)
}

/**
 * The change over a range, stretched to the whole range: up to its ends where the first and last samples are within 1.1
 * sample intervals of them, by half an interval otherwise, and for a counter never below zero.
 */
function extrapolatedChange(series: RangeSeries, from: number, to: number, window: RangeWindow, counter: boolean): number {
  const { timesMs, values } = series
  const first = values[from] ?? 0
  let change = (values[to - 1] ?? 0) - first
  if (counter && window.marks.length > 0) change += lostToResets(values, window.marks, from, to)
  const firstMs = timesMs[from] ?? 0
  const lastMs = timesMs[to - 1] ?? 0
  const sampled = (lastMs - firstMs) / 1000
  const interval = sampled / (to - from - 1)
  const threshold = interval * 1.1
  let toStart = (firstMs - window.startMs) / 1000
  let toEnd = (window.endMs - lastMs) / 1000
  if (toStart >= threshold) toStart = interval / 2
  if (counter && change > 0 && first >= 0) {
    const toZero = sampled * (first / change)
    if (toZero < toStart) toStart = toZero
  }
  if (toEnd >= threshold) toEnd = interval / 2
  return change * ((sampled + toStart + toEnd) / sampled)
}

function lostToResets(values: Float64Array, resets: Int32Array, from: number, to: number): number {
  let low = 0
  let high = resets.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((resets[middle] ?? 0) <= from) low = middle + 1
    else high = middle
  }
  let lost = 0
  for (let index = low; index < resets.length && (resets[index] ?? 0) < to; index += 1) lost += values[(resets[index] ?? 0) - 1] ?? 0
  return lost
}

function lastChange({ values }: RangeSeries, to: number, counter: boolean): number {
  const last = values[to - 1] ?? 0
  const before = values[to - 2] ?? 0
  // A counter that went down started again at zero.
  return counter && last < before ? last : last - before
}

function between({ timesMs }: RangeSeries, to: number): number {
  return ((timesMs[to - 1] ?? 0) - (timesMs[to - 2] ?? 0)) / 1000
}

export const rateFunctions: Readonly<Record<string, RangeFunction>> = {
  rate: {
    least: 2,
    readsEnds: true,
    prepare: resetsOf,
    over: (series, from, to, window) => extrapolatedChange(series, from, to, window, true) / ((window.endMs - window.startMs) / 1000),
  },
  increase: { least: 2, readsEnds: true, prepare: resetsOf, over: (series, from, to, window) => extrapolatedChange(series, from, to, window, true) },
  delta: { least: 2, readsEnds: true, over: (series, from, to, window) => extrapolatedChange(series, from, to, window, false) },
  irate: { least: 2, readsEnds: true, over: (series, _from, to) => lastChange(series, to, true) / between(series, to) },
  idelta: { least: 2, readsEnds: true, over: (series, _from, to) => lastChange(series, to, false) },
  resets: {
    least: 1,
    prepare: resetsOf,
    over: (_series, from, to, { marks }) => {
      let count = 0
      for (let index = 0; index < marks.length; index += 1) if ((marks[index] ?? 0) > from && (marks[index] ?? 0) < to) count += 1
      return count
    },
  },
  changes: {
    least: 1,
    over: ({ values }, from, to) => {
      let count = 0
      for (let index = from + 1; index < to; index += 1) {
        const value = values[index] ?? 0
        const before = values[index - 1] ?? 0
        if (value !== before && !(Number.isNaN(value) && Number.isNaN(before))) count += 1
      }
      return count
    },
  },
}

/** Names whose series Prometheus takes for counters. */
export function looksLikeCounter(metricName: string): boolean {
  return /_(total|sum|count|bucket)$/.test(metricName)
}
