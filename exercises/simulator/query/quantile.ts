/**
 * The q-quantile of values[0, length), interpolated between neighbours as Prometheus does: NaN is the smallest of numbers, there
 * is none of no values, and outside [0, 1] it is an infinity. Reorders the values: it selects rather than sorts, so that a long
 * range stays linear.
 */
export function quantile(q: number, values: Float64Array, length: number): number {
  if (length === 0 || Number.isNaN(q)) return Number.NaN
  if (q < 0) return Number.NEGATIVE_INFINITY
  if (q > 1) return Number.POSITIVE_INFINITY
  const numbers = moveNaNsBehind(values, length)
  const rank = q * (length - 1)
  const lowerIndex = Math.max(0, Math.floor(rank))
  const place = lowerIndex - (length - numbers)
  if (place < 0) return Number.NaN
  const weight = rank - Math.floor(rank)
  const lower = select(values, numbers, place)
  const upper = lowerIndex + 1 < length ? least(values, place + 1, numbers) : lower
  return lower * (1 - weight) + upper * weight
}

/** How many of the values are numbers; these come to stand first. */
function moveNaNsBehind(values: Float64Array, length: number): number {
  let numbers = length
  for (let index = 0; index < numbers;) {
    const value = values[index] ?? 0
    if (value === value) {
      index += 1
      continue
    }
    numbers -= 1
    values[index] = values[numbers] ?? 0
    values[numbers] = value
  }
  return numbers
}

function least(values: Float64Array, from: number, to: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let index = from; index < to; index += 1) best = Math.min(best, values[index] ?? best)
  return best
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
