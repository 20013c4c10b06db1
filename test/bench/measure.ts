/** One measured number beside its budget. */
export interface Measurement {
  readonly id: string
  readonly what: string
  readonly unit: 'ms' | 'KB' | 'MB' | '1/s'
  readonly value: number | null
  /** From docs/architecture.md; null where there is none. */
  readonly budget: number | null
  /** `most`: the value should not be above the budget; `least`: not below it. */
  readonly bound: 'most' | 'least'
  /** How it was taken, or why it could not be. */
  readonly note: string
}

/** Nearest-rank percentile of `values`; `share` is 0..1. @throws RangeError when there is no value */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('A percentile needs at least one value.')
  return found
}

/** Runs `action` and returns its wall time, ms. */
export async function timeMs(action: () => unknown): Promise<number> {
  const started = performance.now()
  await action()
  return performance.now() - started
}

export function withinBudget({ value, budget, bound }: Measurement): boolean | null {
  if (value === null || budget === null) return null
  return bound === 'most' ? value <= budget : value >= budget
}
