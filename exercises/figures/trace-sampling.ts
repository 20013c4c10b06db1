export interface Sampling {
  headKept: number
  headStored: number
  tailKept: number
  tailStored: number
  /** Seconds for which a trace stays in memory before it is pushed out. */
  heldS: number
  /** Whether traces are pushed out before they are decided. */
  tooSmall: boolean
}

/**
 * Chance to keep at least one of `errors` failed traces. Head sampling decides before the outcome is known: 1 - (1 -
 * p)^errors. Tail sampling decides after the outcome and keeps every failed one, as long as the trace is still in memory
 * then: with `memory` traces at `rate` a second one stays memory / rate seconds, so less than the wait means that all are
 * pushed out first (the OpenTelemetry Collector counts these as dropped too early).
 */
export function sampleTraces({ rate, errors, headPercent, basePercent, waitS, memory }: { rate: number; errors: number; headPercent: number; basePercent: number; waitS: number; memory: number }): Sampling {
  const head = headPercent / 100
  const heldS = memory / rate
  const tooSmall = heldS < waitS
  const failing = Math.min(rate, errors / 3600)
  return {
    headKept: 1 - (1 - head) ** errors,
    headStored: rate * head,
    tailKept: tooSmall ? 0 : 1,
    tailStored: tooSmall ? 0 : failing + (rate - failing) * (basePercent / 100),
    heldS,
    tooSmall,
  }
}
