import type { RangeAggregation } from '../syntax.ts'
import { quantile } from '../../query/quantile.ts'
import type { SampleSeries } from './range-samples.ts'
import type { Steps, StepSeries } from './series.ts'

/** Values of a series at every step: the function over the samples with t - range < time <= t. */
export function applyRangeFunction(range: RangeAggregation, samples: SampleSeries, steps: Steps, out: StepSeries): void {
  const { timesUs, length } = samples
  const values = samples.values
  const scratch = range.operation === 'quantile_over_time' ? new Float64Array(length) : null
  let from = 0
  let to = 0
  for (let step = 0; step < steps.count; step += 1) {
    const endUs = steps.startUs + step * steps.stepUs - range.offsetUs
    const startUs = endUs - range.rangeUs
    while (to < length && (timesUs[to] ?? 0) <= endUs) to += 1
    while (from < to && (timesUs[from] ?? 0) <= startUs) from += 1
    if (from >= to) continue
    out.present[step] = 1
    out.values[step] = valueOver(range, timesUs, values, from, to, startUs, endUs, scratch)
  }
}

function valueOver(range: RangeAggregation, timesUs: Float64Array, values: Float64Array | null, from: number, to: number, startUs: number, endUs: number, scratch: Float64Array | null): number {
  const seconds = range.rangeUs / 1e6
  const count = to - from
  if (values === null) return range.operation === 'rate' ? count / seconds : range.operation === 'absent_over_time' ? 1 : count
  switch (range.operation) {
    case 'count_over_time': return count
    case 'rate':
    case 'bytes_rate': return sum(values, from, to) / seconds
    case 'rate_counter': return counterRate(timesUs, values, from, to, startUs, endUs, seconds)
    case 'bytes_over_time':
    case 'sum_over_time': return sum(values, from, to)
    case 'avg_over_time': return sum(values, from, to) / count
    case 'min_over_time': return extreme(values, from, to, Math.min)
    case 'max_over_time': return extreme(values, from, to, Math.max)
    case 'first_over_time': return values[from] ?? NaN
    case 'last_over_time': return values[to - 1] ?? NaN
    case 'stdvar_over_time': return variance(values, from, to)
    case 'stddev_over_time': return Math.sqrt(variance(values, from, to))
    case 'absent_over_time': return 1
    case 'quantile_over_time': {
      if (scratch === null) return NaN
      scratch.set(values.subarray(from, to))
      return quantile(range.parameter ?? NaN, scratch, count)
    }
  }
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i += 1) total += values[i] ?? 0
  return total
}

function extreme(values: Float64Array, from: number, to: number, pick: (a: number, b: number) => number): number {
  let best = values[from] ?? NaN
  for (let i = from + 1; i < to; i += 1) best = pick(best, values[i] ?? NaN)
  return best
}

/** Population variance (Welford). */
function variance(values: Float64Array, from: number, to: number): number {
  let mean = 0
  let squares = 0
  for (let i = from; i < to; i += 1) {
    const value = values[i] ?? 0
    const delta = value - mean
    mean += delta / (i - from + 1)
    squares += delta * (value - mean)
  }
  return squares / (to - from)
}

/** Prometheus' rate of a counter: resets count as starts from 0, and the ends are extrapolated to the range. */
function counterRate(timesUs: Float64Array, values: Float64Array, from: number, to: number, startUs: number, endUs: number, seconds: number): number {
  if (to - from < 2) return 0
  const first = values[from] ?? 0
  const last = values[to - 1] ?? 0
  let increase = last - first
  for (let i = from + 1; i < to; i += 1) if ((values[i] ?? 0) < (values[i - 1] ?? 0)) increase += values[i - 1] ?? 0
  const firstUs = timesUs[from] ?? 0
  const lastUs = timesUs[to - 1] ?? 0
  const sampled = (lastUs - firstUs) / 1e6
  if (sampled <= 0) return 0
  const average = sampled / (to - from - 1)
  const threshold = average * 1.1
  let toStart = (firstUs - startUs) / 1e6
  let toEnd = (endUs - lastUs) / 1e6
  if (toStart >= threshold) toStart = average / 2
  if (increase > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / increase))
  if (toEnd >= threshold) toEnd = average / 2
  return (increase * (sampled + toStart + toEnd)) / sampled / seconds
}
