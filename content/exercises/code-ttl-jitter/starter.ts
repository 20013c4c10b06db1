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

/**
 * The shortest TTL that may be drawn, so that the keys do not expire faster than they can be loaded.
 * Null when no window between `minimumMs` and `longestMs` is wide enough.
 */
export function shortestTtlMs(plan: Plan): number | null {
  return plan.minimumMs
}

export interface Window {
  shortestMs: number
  longestMs: number
  /** Uniform in [0, 1). */
  random: () => number
}

/** The TTL of one entry: a whole number of ms from `shortestMs` to `longestMs`, both included. */
export function ttlMs({ shortestMs, longestMs, random }: Window): number {
  return longestMs
}
