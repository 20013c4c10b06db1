/** Reads series: the latest sample of each step for an instant selector, all samples for a range. */
import { fixedTimeMs, spendCells } from './evaluation.ts'
import { labelSetOf } from './label-set.ts'
import { gridEndMs, gridTimeMs, hasAny, newColumns } from './value.ts'
import type { MatrixSelector, VectorSelector } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { Samples } from './source.ts'
import type { Column, RangeSeries } from './value.ts'

/** Where a selector looks at each step: `startMs + step * stepMs`, standing still where `@` fixes it. */
export interface Window {
  readonly startMs: number
  readonly stepMs: number
  readonly endMs: number
}

/** The ends of the ranges that a selector reads. */
export function windowOf(context: Evaluation, modifiers: Pick<VectorSelector, 'offsetMs' | 'at'>): Window {
  const offsetMs = modifiers.offsetMs ?? 0
  const fixedMs = fixedTimeMs(context, modifiers.at)
  if (fixedMs !== null) return { startMs: fixedMs - offsetMs, stepMs: 0, endMs: fixedMs - offsetMs }
  const { grid } = context
  return { startMs: grid.startMs - offsetMs, stepMs: grid.stepMs, endMs: gridEndMs(grid) - offsetMs }
}

/** First index in times[from, length) whose time is after `timeMs`. */
export function firstAfter(timesMs: Float64Array, length: number, timeMs: number, from = 0): number {
  let low = from
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((timesMs[middle] ?? 0) <= timeMs) low = middle + 1
    else high = middle
  }
  return low
}

/** An instant selector. @param asTimes whether values are the samples' times in seconds, for `timestamp(selector)` */
export function evaluateSelector(context: Evaluation, selector: VectorSelector, asTimes = false): Column[] {
  const window = windowOf(context, selector)
  const found = context.source.select(selector.matchers, window.startMs - context.lookbackMs, window.endMs)
  spendCells(context, found.length)
  const columns = newColumns(
    found.map((samples) => labelSetOf(samples.labels)),
    context.grid.count,
  )
  return columns.filter((column, index) => {
    const samples = found[index]
    if (samples) fillLatest(column, samples, window, context.lookbackMs, asTimes)
    return hasAny(column.present)
  })
}

function fillLatest({ values, present }: Column, samples: Samples, window: Window, lookbackMs: number, asTimes: boolean): void {
  const { timesMs, length, stale } = samples
  let next = firstAfter(timesMs, length, window.startMs - lookbackMs)
  for (let step = 0; step < present.length; step += 1) {
    const timeMs = window.startMs + step * window.stepMs
    while (next < length && (timesMs[next] ?? 0) <= timeMs) next += 1
    const latest = next - 1
    if (latest < 0) continue
    const sampleMs = timesMs[latest] ?? 0
    if (sampleMs <= timeMs - lookbackMs || stale?.[latest] === 1) continue
    present[step] = 1
    values[step] = asTimes ? sampleMs / 1000 : (samples.values[latest] ?? 0)
  }
}

/** All samples that the ranges of a range selector touch. */
export function selectRanges(context: Evaluation, { selector, rangeMs }: MatrixSelector): RangeSeries[] {
  const window = windowOf(context, selector)
  const found = context.source.select(selector.matchers, window.startMs - rangeMs, window.endMs)
  return found.map(withoutStale).filter((series) => series.length > 0)
}

function withoutStale(samples: Samples): RangeSeries {
  const labels = labelSetOf(samples.labels)
  const { stale, length } = samples
  let marked = 0
  if (stale) for (let index = 0; index < length; index += 1) marked += stale[index] ?? 0
  if (!stale || marked === 0) return { labels, timesMs: samples.timesMs, values: samples.values, length }
  const timesMs = new Float64Array(length - marked)
  const values = new Float64Array(length - marked)
  let kept = 0
  for (let index = 0; index < length; index += 1) {
    if (stale[index] === 1) continue
    timesMs[kept] = samples.timesMs[index] ?? 0
    values[kept] = samples.values[index] ?? 0
    kept += 1
  }
  return { labels, timesMs, values, length: kept }
}

/** Times of the steps in seconds. */
export function stepSeconds(context: Evaluation): Float64Array {
  return Float64Array.from({ length: context.grid.count }, (_, step) => gridTimeMs(context.grid, step) / 1000)
}
