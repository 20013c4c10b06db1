/**
 * The q-quantile of values[0..length), interpolated between neighbours as Prometheus does. Reorders the values: it selects
 * rather than sorts, so that a long range stays linear.
 */
export function quantile(q: number, values: Float64Array, length: number): number {
  if (length === 0 || Number.isNaN(q)) return NaN
  if (q < 0) return -Infinity
  if (q > 1) return Infinity
  const rank = q * (length - 1)
  const lowerIndex = Math.max(0, Math.floor(rank))
  const upperIndex = Math.min(length - 1, lowerIndex + 1)
  const weight = rank - Math.floor(rank)
  const lower = select(values, length, lowerIndex)
  if (weight === 0 || upperIndex === lowerIndex) return lower
  let upper = Infinity
  for (let i = lowerIndex + 1; i < length; i += 1) upper = Math.min(upper, values[i] ?? Infinity)
  return lower * (1 - weight) + upper * weight
}

/** Puts the k-th smallest value at k, smaller ones before it and larger ones behind, and gives it. */
function select(values: Float64Array, length: number, k: number): number {
  let low = 0
  let high = length - 1
  while (low < high) {
    const pivot = medianOfThree(values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0)
    let i = low
    let j = high
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1
      while ((values[j] ?? 0) > pivot) j -= 1
      if (i > j) break
      const held = values[i] ?? 0
      values[i] = values[j] ?? 0
      values[j] = held
      i += 1
      j -= 1
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] ?? NaN
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
