export interface RetryTier {
  /** Calls that this tier makes to the next one for each user request. */
  calls: number
  /** Share of those calls that fail. */
  failing: number
}

/**
 * Mean calls for one user request, tier by tier from the edge, when a failed call is tried again at once. A tier that
 * makes up to n attempts, each failing with chance q, makes (1 - q^n) / (1 - q) on average and fails with q^n: the
 * geometric series cut off. When every call fails that is n at each tier, so n^tiers at the dependency. Google, "Site
 * Reliability Engineering" (2016), chapter 22; M. Nygard, "Release It!", 2nd edition (2018), chapter 4.
 * @param attempts for each tier, from the edge to the one that calls the dependency, 1 without retries
 * @param failing share of the calls to the dependency that fail
 */
export function retryTiers(attempts: readonly number[], failing: number): { tiers: RetryTier[]; calls: number; success: number } {
  const made: RetryTier[] = []
  let below = failing
  for (const most of attempts.toReversed()) {
    made.unshift({ calls: below === 1 ? most : (1 - below ** most) / (1 - below), failing: below })
    below **= most
  }
  let calls = 1
  const tiers = made.map((tier) => {
    calls *= tier.calls
    return { calls, failing: tier.failing }
  })
  return { tiers, calls, success: 1 - below }
}

/** Attempts of each tier, from the edge down, for the three places to retry. */
export function attemptsAt({ tiers, retries, where }: { tiers: number; retries: number; where: 'all' | 'edge' | 'nearest' }): number[] {
  return Array.from({ length: tiers }, (_, tier) => (where === 'all' || (where === 'edge' && tier === 0) || (where === 'nearest' && tier === tiers - 1) ? retries + 1 : 1))
}
