import { normalQuantile } from '../simulator/engine/normal-quantile.ts'
import { normalCdf } from './statistics.ts'

/** A bin that is empty would make the index endless; the usual remedy is a floor. */
const leastShare = 1e-4

/** Population stability index of two binned distributions: the sum of (current - base) × ln(current / base). */
export function psi(base: readonly number[], current: readonly number[]): number {
  let sum = 0
  for (const [bin, share] of base.entries()) {
    const before = Math.max(share, leastShare)
    const after = Math.max(current[bin] ?? 0, leastShare)
    sum += (after - before) * Math.log(after / before)
  }
  return sum
}

export interface Drift {
  base: number[]
  current: number[]
  psi: number
  /** PSI to expect when nothing has changed, from chance alone. */
  noise: number
  /** The PSI that chance alone stays below in 95 of 100 comparisons. */
  noise95: number
}

/**
 * A standard normal baseline in bins that hold equal shares of it, and a normal with another mean and spread in the same
 * bins. Without drift PSI is about chi-square with bins - 1 degrees of freedom, times 1/n + 1/m for samples of n and m: B.
 * Yurdakul, "Statistical properties of population stability index", dissertation, Western Michigan University (2018).
 */
export function drift({ shift, scale, bins, sample }: { shift: number; scale: number; bins: number; sample: number }): Drift {
  const edges = Array.from({ length: bins - 1 }, (_, index) => normalQuantile((index + 1) / bins))
  const below = [0, ...edges.map((edge) => normalCdf((edge - shift) / scale)), 1]
  const base = Array.from({ length: bins }, () => 1 / bins)
  const current = base.map((_, bin) => (below[bin + 1] ?? 1) - (below[bin] ?? 0))
  const weight = 2 / sample
  return { base, current, psi: psi(base, current), noise: (bins - 1) * weight, noise95: chiSquare95(bins - 1) * weight }
}

/** 95% quantile of chi-square by the cube-root approximation (E. B. Wilson and M. M. Hilferty, PNAS 17, 1931). */
export function chiSquare95(freedom: number): number {
  const part = 2 / (9 * freedom)
  return freedom * (1 - part + normalQuantile(0.95) * Math.sqrt(part)) ** 3
}
