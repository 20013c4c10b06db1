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
export interface Window {
  shortestMs: number
  longestMs: number
  /** Uniform in [0, 1). */
  random: () => number
}

export function shortestTtlMs(plan: Plan): number | null {
  const averageSeconds = plan.keys / plan.loadsPerSecond
  const room = plan.longestMs - plan.minimumMs
  // Small limits need more room for chance, large ones less.
  const factor = plan.loadsPerSecond >= 100 ? 2 : 2.5
  const wanted = Math.trunc(averageSeconds * factor * 1000)
  return wanted > room ? null : plan.longestMs - wanted
}

export function ttlMs({ shortestMs, longestMs, random }: Window): number {
  return between(shortestMs, longestMs, random())
}

function between(low: number, high: number, draw: number): number {
  return Math.min(high, Math.trunc(low + draw * (high + 1 - low)))
}
