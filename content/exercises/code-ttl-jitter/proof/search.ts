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

/** Chance that a second with an average of m expiries gets more than the limit. */
function overflow(m: number, limit: number): number {
  let term = Math.exp(-m)
  let within = term
  for (let count = 1; count <= limit; count += 1) {
    term *= m / count
    within += term
  }
  return 1 - within
}

export const shortestTtlMs = (plan: Plan): number | null => {
  let seconds = Math.ceil(plan.keys / plan.loadsPerSecond)
  while (seconds > 0 && seconds * overflow(plan.keys / seconds, plan.loadsPerSecond) > 0.01) seconds += 1
  const shortest = plan.longestMs - seconds * 1000
  if (shortest < plan.minimumMs) return null
  return shortest
}

export const ttlMs = (window: Window): number => {
  const width = window.longestMs - window.shortestMs
  return window.longestMs - Math.round(window.random() * width)
}
