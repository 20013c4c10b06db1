/** Functions that sum up the samples of a range, and lines through them. */
import { compensatedMean, compensatedSum, variance } from '../summation.ts'
import { quantile } from '../../query/quantile.ts'
import type { RangeFunction } from './range-function.ts'
import type { RangeSeries } from '../value.ts'

/** Memory that windows use in turn, so that a query of many windows makes no garbage. */
class Scratch {
  private numbers = new Float64Array(256)

  atLeast(length: number): Float64Array {
    if (this.numbers.length < length) this.numbers = new Float64Array(length * 2)
    return this.numbers
  }
}

const scratch = { xs: new Scratch(), products: new Scratch(), squares: new Scratch(), sorted: new Scratch() }

/** Slope per second and value at `atMs` of the least-squares line through samples [from, to). */
function linearRegression({ timesMs, values }: RangeSeries, from: number, to: number, atMs: number): { slope: number; value: number } {
  const count = to - from
  const first = values[from] ?? 0
  let constant = true
  const xs = scratch.xs.atLeast(count)
  const products = scratch.products.atLeast(count)
  const squares = scratch.squares.atLeast(count)
  for (let index = 0; index < count; index += 1) {
    const x = ((timesMs[from + index] ?? 0) - atMs) / 1000
    const y = values[from + index] ?? 0
    if (y !== first) constant = false
    xs[index] = x
    products[index] = x * y
    squares[index] = x * x
  }
  if (constant) return Number.isFinite(first) ? { slope: 0, value: first } : { slope: Number.NaN, value: Number.NaN }
  const sumX = compensatedSum(xs, 0, count)
  const sumY = compensatedSum(values, from, to)
  const covariance = compensatedSum(products, 0, count) - (sumX * sumY) / count
  const spread = compensatedSum(squares, 0, count) - (sumX * sumX) / count
  const slope = covariance / spread
  return { slope, value: sumY / count - (slope * sumX) / count }
}

function extreme({ values }: RangeSeries, from: number, to: number, sign: 1 | -1): number {
  let best = values[from] ?? 0
  for (let index = from + 1; index < to; index += 1) {
    const value = values[index] ?? 0
    if (sign * value > sign * best || Number.isNaN(best)) best = value
  }
  return best
}

export const overTimeFunctions: Readonly<Record<string, RangeFunction>> = {
  avg_over_time: { least: 1, over: ({ values }, from, to) => compensatedMean(values, from, to) },
  sum_over_time: { least: 1, over: ({ values }, from, to) => compensatedSum(values, from, to) },
  count_over_time: { least: 1, readsEnds: true, over: (_series, from, to) => to - from },
  max_over_time: { least: 1, over: (series, from, to) => extreme(series, from, to, 1) },
  min_over_time: { least: 1, over: (series, from, to) => extreme(series, from, to, -1) },
  last_over_time: { least: 1, readsEnds: true, keepsName: true, over: ({ values }, _from, to) => values[to - 1] ?? 0 },
  present_over_time: { least: 1, readsEnds: true, over: () => 1 },
  stdvar_over_time: { least: 1, over: ({ values }, from, to) => variance(values, from, to) },
  stddev_over_time: { least: 1, over: ({ values }, from, to) => Math.sqrt(variance(values, from, to)) },
  quantile_over_time: {
    least: 1,
    over: ({ values }, from, to, { param }) => {
      const sorted = scratch.sorted.atLeast(to - from)
      for (let index = from; index < to; index += 1) sorted[index - from] = values[index] ?? 0
      return quantile(param, sorted, to - from)
    },
  },
  deriv: { least: 2, over: (series, from, to) => linearRegression(series, from, to, series.timesMs[from] ?? 0).slope },
  predict_linear: {
    least: 2,
    usesTime: true,
    over: (series, from, to, { timeMs, param }) => {
      const line = linearRegression(series, from, to, timeMs)
      return line.slope * param + line.value
    },
  },
}
