/** Quantiles and fractions of classic histograms: counts of observations up to bounds, the last bound being +Inf. */
import type { MonotonicityFix } from './annotations.ts'

/** Cumulative counts by upper bound, ascending; only [0, length) counts. Reused from step to step. */
export interface Buckets {
  bounds: Float64Array
  counts: Float64Array
  length: number
}

/** Differences below this, relative, are rounding and are set right without a remark. */
const roundingTolerance = 1e-12
const smallestNormal = 2 ** -1022

function almostEqual(left: number, right: number): boolean {
  if (left === right) return true
  const sum = Math.abs(left) + Math.abs(right)
  const difference = Math.abs(left - right)
  if (left === 0 || right === 0 || sum < smallestNormal) return difference < roundingTolerance * smallestNormal
  return difference / Math.min(sum, Number.MAX_VALUE) < roundingTolerance
}

/** Adds up buckets of the same bound (`0.2` and `2e-1`). */
export function coalesce(buckets: Buckets): void {
  let last = 0
  for (let index = 1; index < buckets.length; index += 1) {
    if (buckets.bounds[index] === buckets.bounds[last]) buckets.counts[last] = (buckets.counts[last] ?? 0) + (buckets.counts[index] ?? 0)
    else {
      last += 1
      buckets.bounds[last] = buckets.bounds[index] ?? 0
      buckets.counts[last] = buckets.counts[index] ?? 0
    }
  }
  buckets.length = Math.min(buckets.length, last + 1)
}

/** Counts never fall with the bound; where they do, scrapes and rules raced, and the count before is carried on. */
function makeMonotonic({ bounds, counts, length }: Buckets): MonotonicityFix | null {
  const fix: MonotonicityFix = { leastBound: Number.POSITIVE_INFINITY, greatestBound: Number.NEGATIVE_INFINITY, greatestDrop: 0 }
  let before = counts[0] ?? 0
  for (let index = 1; index < length; index += 1) {
    const count = counts[index] ?? 0
    if (count === before) continue
    if (almostEqual(before, count)) counts[index] = before
    else if (count < before) {
      const bound = bounds[index] ?? 0
      counts[index] = before
      fix.leastBound = Math.min(fix.leastBound, bound)
      fix.greatestBound = Math.max(fix.greatestBound, bound)
      fix.greatestDrop = Math.max(fix.greatestDrop, before - count)
    } else before = count
  }
  return fix.greatestDrop > 0 ? fix : null
}

export interface QuantileResult {
  readonly value: number
  /** What was changed to get there, or null. */
  readonly fix: MonotonicityFix | null
}

/**
 * The quantile, by linear interpolation in its bucket. The lowest bucket starts at 0 where its bound is above 0; a quantile in
 * the highest bucket is that bucket's lower bound. NaN without observations, without an +Inf bucket, or with one bucket.
 */
export function bucketQuantile(quantile: number, buckets: Buckets): QuantileResult {
  const nothing = { value: Number.NaN, fix: null }
  if (Number.isNaN(quantile)) return nothing
  if (quantile < 0) return { value: Number.NEGATIVE_INFINITY, fix: null }
  if (quantile > 1) return { value: Number.POSITIVE_INFINITY, fix: null }
  if (buckets.bounds[buckets.length - 1] !== Number.POSITIVE_INFINITY) return nothing
  coalesce(buckets)
  const fix = makeMonotonic(buckets)
  const { bounds, counts, length } = buckets
  const observations = counts[length - 1] ?? 0
  if (length < 2 || observations === 0 || Number.isNaN(observations)) return nothing
  let rank = quantile * observations
  let index = 0
  while (index < length - 1 && !((counts[index] ?? 0) >= rank)) index += 1
  if (index === length - 1) return { value: bounds[length - 2] ?? Number.NaN, fix }
  const end = bounds[index] ?? 0
  if (index === 0 && end <= 0) return { value: end, fix }
  let start = 0
  let count = counts[index] ?? 0
  if (index > 0) {
    start = bounds[index - 1] ?? 0
    count -= counts[index - 1] ?? 0
    rank -= counts[index - 1] ?? 0
  }
  return { value: start + (end - start) * (rank / count), fix }
}

/** The share of observations between two bounds, by linear interpolation; nothing is interpolated in buckets of infinite width. */
export function bucketFraction(lower: number, upper: number, buckets: Buckets): number {
  if (buckets.length === 0 || buckets.bounds[buckets.length - 1] !== Number.POSITIVE_INFINITY) return Number.NaN
  coalesce(buckets)
  const { counts, length } = buckets
  const observations = counts[length - 1] ?? 0
  if (observations === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN
  if (lower >= upper) return 0
  return (rankAt(upper, buckets, observations) - rankAt(lower, buckets, observations)) / observations
}

/** Observations up to a value. */
function rankAt(value: number, { bounds, counts, length }: Buckets, observations: number): number {
  let rank = 0
  let start = (bounds[0] ?? 0) <= 0 ? Number.NEGATIVE_INFINITY : 0
  for (let index = 0; index < length; index += 1) {
    if (index > 0) start = bounds[index - 1] ?? 0
    const end = bounds[index] ?? 0
    const count = counts[index] ?? 0
    if (start >= value) return Math.min(rank, observations)
    if (end > value) {
      const inside = start === Number.NEGATIVE_INFINITY ? count : rank + ((count - rank) * (value - start)) / (end - start)
      return Math.min(inside, observations)
    }
    rank = count
  }
  return observations
}
