import { normalQuantile, portableExp, portableLog } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'

/** A change of data that comes over a time. `column` null: the relation between inputs and what is looked for. */
export interface Drift {
  readonly column: string | null
  /** In standard deviations. */
  readonly shift: number
  readonly fromUs: number
  readonly overUs: number
}

/** How far data has drifted at a time, in standard deviations. */
export function driftAt(drifts: readonly Drift[], column: string | null, timeUs: number): number {
  let sum = 0
  for (const drift of drifts) {
    if (drift.column !== column || timeUs < drift.fromUs) continue
    sum += drift.shift * (drift.overUs === 0 ? 1 : Math.min(1, (timeUs - drift.fromUs) / drift.overUs))
  }
  return sum
}

/** Share of a standard normal below `value`. Abramowitz and Stegun 7.1.26; error below 1e-7. */
export function normalBelow(value: number): number {
  const x = Math.abs(value) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const tail = (t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * portableExp(-x * x)) / 2
  return value > 0 ? 1 - tail : tail
}

/** How many of `trials` succeed: exact for few, by the normal approximation for many. */
export function binomial(stream: RandomStream, trials: number, probability: number): number {
  if (trials <= 256) {
    let successes = 0
    for (let trial = 0; trial < trials; trial += 1) if (stream.chance(probability)) successes += 1
    return successes
  }
  const deviation = Math.sqrt(trials * probability * (1 - probability))
  // Rare events are Poisson rather than normal: their own sum of exponential gaps.
  if (trials * probability < 30) {
    let successes = -1
    for (let left = trials * probability; left > 0; left -= stream.exponential()) successes += 1
    return Math.max(0, Math.min(trials, successes))
  }
  return Math.max(0, Math.min(trials, Math.round(trials * probability + deviation * stream.normal())))
}

const bins = 10
const edges = Array.from({ length: bins - 1 }, (_, index) => normalQuantile((index + 1) / bins))
/** Rows that a comparison of distributions looks at. */
export const sampledRows = 4000
/** A bin that is empty counts as this share, so that its logarithm exists. */
const leastShare = 1e-4

/**
 * Population stability index of a sample against the standard normal that the model was trained on, over its deciles:
 * sum of (actual - expected) * ln(actual / expected). Below 0.1 is taken for stable, above 0.25 for changed.
 * @param shift of the sample in standard deviations @param nulls share of empty values, which are read as 0
 */
export function stabilityIndex(stream: RandomStream, shift: number, nulls: number, rows: number): number {
  const counts = Array.from({ length: bins }, () => 0)
  const sampled = Math.max(1, Math.min(rows, sampledRows))
  for (let row = 0; row < sampled; row += 1) {
    const value = nulls > 0 && stream.chance(nulls) ? 0 : stream.normal() + shift
    let bin = 0
    while (bin < edges.length && value >= (edges[bin] as number)) bin += 1
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts.reduce((sum, count) => {
    const actual = Math.max(leastShare, count / sampled)
    return sum + (actual - 1 / bins) * portableLog(actual * bins)
  }, 0)
}
