/** Distributions of durations as data, in milliseconds as people write them, and sampled in whole microseconds. */
import { z } from 'zod'

const positiveMs = z.number().positive().max(1e9)
const anyMs = z.number().min(0).max(1e9)

/** A distribution of a duration. All times in milliseconds. */
export const distributionSchema = z.union([
  /** Always the same. */
  z.strictObject({ kind: z.literal('deterministic'), ms: anyMs }),
  z
    .strictObject({ kind: z.literal('uniform'), minMs: anyMs, maxMs: anyMs })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, { path: ['maxMs'], error: 'maxMs must not be below minMs.' }),
  /** Memoryless: arrivals of many independent callers, or service with a coefficient of variation of 1. */
  z.strictObject({ kind: z.literal('exponential'), meanMs: positiveMs }),
  /** The usual shape of latencies. By two percentiles from a dashboard, or by mean and coefficient of variation. */
  z
    .strictObject({ kind: z.literal('lognormal'), p50Ms: positiveMs, p99Ms: positiveMs })
    .refine(({ p50Ms, p99Ms }) => p50Ms <= p99Ms, { path: ['p99Ms'], error: 'p99Ms must not be below p50Ms.' }),
  z.strictObject({ kind: z.literal('lognormal'), meanMs: positiveMs, cv: z.number().min(0).max(100) }),
  /** Between deterministic (cv 0) and exponential (cv 1), and beyond. */
  z.strictObject({ kind: z.literal('gamma'), meanMs: positiveMs, cv: z.number().min(0.01).max(100) }),
  /** Heavy tail: P(X > x) = (minMs / x)^shape; cut off at maxMs where that is given, by conditioning and not by clamping. */
  z
    .strictObject({ kind: z.literal('pareto'), minMs: positiveMs, shape: z.number().min(0.1).max(100), maxMs: positiveMs.optional() })
    .refine(({ minMs, maxMs }) => maxMs === undefined || minMs < maxMs, { path: ['maxMs'], error: 'maxMs must be above minMs.' }),
  /** One of the observed values, each as likely or by weight. */
  z
    .strictObject({ kind: z.literal('empirical'), valuesMs: z.array(anyMs).min(1).max(100_000), weights: z.array(z.number().min(0).max(1e9)).optional() })
    .refine(({ valuesMs, weights }) => weights === undefined || weights.length === valuesMs.length, { path: ['weights'], error: 'weights must be as many as valuesMs.' })
    .refine(({ weights }) => weights === undefined || weights.some((weight) => weight > 0), { path: ['weights'], error: 'At least one weight must be above 0.' }),
  /** Straight lines between percentiles, such as [[0, 2], [50, 10], [99, 80], [100, 400]]: [percentile, ms], from 0 to 100. */
  z
    .strictObject({ kind: z.literal('percentiles'), points: z.array(z.tuple([z.number().min(0).max(100), anyMs])).min(2).max(1000) })
    .refine(({ points }) => points[0]?.[0] === 0 && points.at(-1)?.[0] === 100, { path: ['points'], error: 'The first percentile must be 0 and the last 100.' })
    .refine(({ points }) => points.every((point, index) => index === 0 || isAfter(points[index - 1], point)), { path: ['points'], error: 'Percentiles must rise, and their times must not fall.' }),
])
export type Distribution = z.infer<typeof distributionSchema>

function isAfter(before: readonly [number, number] | undefined, point: readonly [number, number]): boolean {
  return before !== undefined && before[0] < point[0] && before[1] <= point[1]
}
