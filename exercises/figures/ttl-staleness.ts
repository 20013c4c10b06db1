export interface Staleness {
  hit: number
  /** Share of all reads that return a value which has changed since it was loaded. */
  stale: number
  loadsPerHour: number
}

/**
 * One key with a TTL, loaded by the first read after it has expired; reads and changes come at random (Poisson). A cycle
 * is the TTL and the time until the next read, 1/λ: hit ratio = λT / (1 + λT). Hits fall evenly over the TTL, so the
 * share of stale ones is the mean of 1 - exp(-μa) over ages a up to T: 1 - (1 - exp(-μT)) / (μT).
 */
export function staleness({ ttlS, readRate, changesPerHour }: { ttlS: number; readRate: number; changesPerHour: number }): Staleness {
  const reads = readRate * ttlS
  const changes = (changesPerHour / 3600) * ttlS
  const hit = reads / (1 + reads)
  // For few changes the difference of nearly equal numbers loses its digits; the series does not.
  const staleHits = changes < 1e-5 ? changes / 2 : 1 + Math.expm1(-changes) / changes
  return { hit, stale: hit * staleHits, loadsPerHour: (3600 * readRate) / (1 + reads) }
}
