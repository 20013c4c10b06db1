/** Sums and means that keep what plain floating-point addition loses (Neumaier's form of Kahan's algorithm), as Prometheus' do. */

/** Sum of values[from, to). */
export function compensatedSum(values: Float64Array, from: number, to: number): number {
  let sum = 0
  let lost = 0
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? 0
    const total = sum + value
    if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) lost = 0
    else if (Math.abs(sum) >= Math.abs(value)) lost += sum - total + value
    else lost += value - total + sum
    sum = total
  }
  return Number.isFinite(sum) ? sum + lost : sum
}

/** Mean of values[from, to); to > from. Falls back to a running mean where the sum would overflow. */
export function compensatedMean(values: Float64Array, from: number, to: number): number {
  const sum = compensatedSum(values, from, to)
  if (Number.isFinite(sum)) return sum / (to - from)
  let mean = values[from] ?? 0
  let lost = 0
  for (let index = from + 1; index < to; index += 1) {
    const count = index - from + 1
    const share = (count - 1) / count
    const part = (values[index] ?? 0) / count
    const kept = share * mean
    const total = kept + part
    if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) lost = 0
    else if (Math.abs(kept) >= Math.abs(part)) lost = share * lost + (kept - total + part)
    else lost = share * lost + (part - total + kept)
    mean = total
  }
  return mean + lost
}

/** Population variance of values[from, to); to > from. Exactly 0 where all are the same. */
export function variance(values: Float64Array, from: number, to: number): number {
  const count = to - from
  const first = values[from] ?? 0
  let shifted = 0
  for (let index = from; index < to; index += 1) shifted += (values[index] ?? 0) - first
  const mean = first + shifted / count
  let squares = 0
  for (let index = from; index < to; index += 1) {
    const difference = (values[index] ?? 0) - mean
    squares += difference * difference
  }
  return squares / count
}
