import { normalCdf, solve } from './statistics.ts'

/** A user is sent to the primary for this long after a write. */
export const pinMs = 1000

export interface LagSpec {
  lagMs: number
  spread: number
  delayMs: number
  replicaPercent: number
  guard: 'none' | 'pin' | 'position'
}

/** Chance that the replica is further behind than `ms`: a log-normal lag with the given median. */
export function lagBeyond({ lagMs, spread }: Pick<LagSpec, 'lagMs' | 'spread'>, ms: number): number {
  return ms <= 0 ? 1 : 1 - normalCdf(Math.log(ms / lagMs) / spread)
}

/** The lag that 99 of 100 moments stay below. */
export function lagP99({ lagMs, spread }: Pick<LagSpec, 'lagMs' | 'spread'>): number {
  return lagMs * Math.exp(spread * solve(normalCdf, 0.99, 0, 8))
}

/**
 * Chance that a read so long after a write misses it, and the mean wait that a guard adds. Waiting for the write's
 * position costs the mean of what the lag exceeds the delay by, the integral of its tail: for a log-normal
 * m exp(σ²/2) Φ(d) - delay Φ(d - σ) with d = (ln(m / delay) + σ²) / σ.
 */
export function staleRead({ lagMs, spread, delayMs, replicaPercent, guard }: LagSpec): { stale: number; waitMs: number } {
  const onReplica = replicaPercent / 100
  if (guard === 'pin' && delayMs < pinMs) return { stale: 0, waitMs: 0 }
  if (guard !== 'position') return { stale: onReplica * lagBeyond({ lagMs, spread }, delayMs), waitMs: 0 }
  const mean = lagMs * Math.exp((spread * spread) / 2)
  if (delayMs <= 0) return { stale: 0, waitMs: onReplica * mean }
  const d = (Math.log(lagMs / delayMs) + spread * spread) / spread
  return { stale: 0, waitMs: onReplica * Math.max(0, mean * normalCdf(d) - delayMs * normalCdf(d - spread)) }
}
