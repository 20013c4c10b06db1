export interface Plan {
  /** Keys that are filled at the same time. */
  keys: number
  /** What the database can load in one second beside its other work. */
  loadsPerSecond: number
  /** No entry may be older than this. */
  longestMs: number
  /** No entry may live for less than this. */
  minimumMs: number
}

export function shortestTtlMs({ keys, loadsPerSecond, longestMs, minimumMs }: Plan): number | null {
  if (keys === 0) return longestMs
  // The largest m with m + 4 sqrt(m) <= loadsPerSecond: four standard deviations of room for chance.
  const root = Math.sqrt(4 + loadsPerSecond) - 2
  const widthMs = Math.ceil((keys / root ** 2) * 1_000)
  const shortestMs = longestMs - widthMs
  return shortestMs < minimumMs ? null : shortestMs
}

export interface Window {
  shortestMs: number
  longestMs: number
  /** Uniform in [0, 1). */
  random: () => number
}

export function ttlMs({ shortestMs, longestMs, random }: Window): number {
  const middleMs = (shortestMs + longestMs) / 2
  return Math.round(middleMs * (0.9 + 0.2 * random()))
}
