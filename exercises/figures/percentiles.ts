import { normalCdf, normalDensity, solve } from './statistics.ts'

export interface Mixture {
  slowPercent: number
  fastMs: number
  slowMs: number
  spread: number
}

/** Share of requests that take at most `ms`: two log-normal groups with the given medians. */
export function shareBelow({ slowPercent, fastMs, slowMs, spread }: Mixture, ms: number): number {
  const slow = slowPercent / 100
  const below = (medianMs: number): number => normalCdf(Math.log(ms / medianMs) / spread)
  return (1 - slow) * below(fastMs) + slow * below(slowMs)
}

/** Requests for each unit of ln(ms), for a picture with a logarithmic axis. */
export function densityAt({ slowPercent, fastMs, slowMs, spread }: Mixture, ms: number): number {
  const slow = slowPercent / 100
  const at = (medianMs: number): number => normalDensity(Math.log(ms / medianMs) / spread) / spread
  return (1 - slow) * at(fastMs) + slow * at(slowMs)
}

/** The time that a share of requests stays below. */
export function mixtureQuantile(mixture: Mixture, quantile: number): number {
  const least = Math.log(Math.min(mixture.fastMs, mixture.slowMs)) - 8 * mixture.spread
  const most = Math.log(Math.max(mixture.fastMs, mixture.slowMs)) + 8 * mixture.spread
  return Math.exp(solve((logMs) => shareBelow(mixture, Math.exp(logMs)), quantile, least, most))
}

/** Mean of the two groups: a log-normal's mean is its median × exp(σ²/2). */
export function mixtureMean({ slowPercent, fastMs, slowMs, spread }: Mixture): number {
  const slow = slowPercent / 100
  return ((1 - slow) * fastMs + slow * slowMs) * Math.exp((spread * spread) / 2)
}
