import { normalQuantile } from '../engine/index.ts'

/** A mean, and how far the true mean may be from it either way. */
export interface Interval {
  readonly mean: number
  readonly halfWidth: number
}

/**
 * The confidence interval of a mean from independent samples, or from the means of batches that are long against the
 * memory of the process (the method of batch means: Law, "Simulation Modeling and Analysis", 9.5.3).
 * @param confidence such as 0.95
 */
export function intervalOfMean(samples: readonly number[], confidence: number): Interval {
  const count = samples.length
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / count
  if (count < 2) return { mean, halfWidth: Number.POSITIVE_INFINITY }
  const squares = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0)
  return { mean, halfWidth: studentQuantile((1 + confidence) / 2, count - 1) * Math.sqrt(squares / (count - 1) / count) }
}

/**
 * Quantile of Student's t, to three digits for 4 degrees of freedom or more and within 1% for two and three in the
 * usual range: the expansion of Abramowitz and Stegun 26.7.5; one and two degrees are exact.
 */
export function studentQuantile(probability: number, degrees: number): number {
  if (degrees === 1) return Math.tan(Math.PI * (probability - 0.5))
  if (degrees === 2) return (2 * probability - 1) / Math.sqrt(2 * probability * (1 - probability))
  const z = normalQuantile(probability)
  const z2 = z * z
  const first = (z2 + 1) / 4
  const second = ((5 * z2 + 16) * z2 + 3) / 96
  const third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384
  const fourth = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92_160
  return z * (1 + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees)
}
