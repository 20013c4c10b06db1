/** Distributions that figures need. */

/**
 * Share of a standard normal below `z`, by Marsaglia's series (G. Marsaglia, "Evaluating the normal distribution",
 * Journal of Statistical Software 11, 2004). Good to 1e-15; 0 or 1 beyond 8.
 */
export function normalCdf(z: number): number {
  if (z < -8) return 0
  if (z > 8) return 1
  let sum = z
  let term = z
  for (let index = 3; Math.abs(term) > Math.abs(sum) * 1e-17 && index < 400; index += 2) {
    term *= (z * z) / index
    sum += term
  }
  return 0.5 + sum * normalDensity(z)
}

/** Height of the standard normal curve. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}

/** Chance of at least `least` successes in `tries` independent tries: the upper tail of the binomial distribution. */
export function binomialTail(tries: number, least: number, chance: number): number {
  let tail = 0
  for (let count = Math.max(0, least); count <= tries; count += 1) tail += choose(tries, count) * chance ** count * (1 - chance) ** (tries - count)
  return Math.min(1, tail)
}

/** Ways to choose `count` of `all`. */
export function choose(all: number, count: number): number {
  if (count < 0 || count > all) return 0
  let ways = 1
  for (let index = 1; index <= Math.min(count, all - count); index += 1) ways = (ways * (all - index + 1)) / index
  return Math.round(ways)
}

/** Where a rising function reaches `target`, between bounds that enclose it, by halving. */
export function solve(rising: (value: number) => number, target: number, low: number, high: number): number {
  for (let step = 0; step < 200 && high - low > 1e-12 * Math.max(1, Math.abs(high)); step += 1) {
    const middle = (low + high) / 2
    if (rising(middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}
