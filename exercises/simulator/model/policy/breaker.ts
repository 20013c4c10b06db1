import type { BreakerSpec } from './schema.ts'

/** States as `circuit_breaker_state` shows them. */
export const breakerState = { closed: 0, open: 1, halfOpen: 2 } as const
/** Words of the states, by number. */
export const breakerWords: readonly string[] = ['closed', 'open', 'half-open']

/** Saved breaker. */
export interface BreakerMemory {
  readonly numbers: readonly number[]
  readonly window: Uint8Array
}

/**
 * A circuit breaker over a sliding window of calls, as in resilience4j: open when the share of failures reaches the
 * threshold, then after a time half-open for a few probes, whose success closes it and whose failure opens it again.
 */
export class Breaker {
  state: number = breakerState.closed
  /** Held open by an operator until this time. */
  heldUntilUs = 0
  private openedUs = 0
  private probesOut = 0
  private probesGood = 0
  private seen = 0
  private failed = 0
  private at = 0
  private window: Uint8Array
  private readonly spec: BreakerSpec

  constructor(spec: BreakerSpec) {
    this.spec = spec
    this.window = new Uint8Array(spec.window)
  }

  /** Whether a call may go now. A half-open breaker counts it as one of its probes. */
  allow(nowUs: number): boolean {
    if (this.state === breakerState.closed) return true
    if (this.state === breakerState.open) {
      if (nowUs < this.openedUs + this.spec.open || nowUs < this.heldUntilUs) return false
      this.state = breakerState.halfOpen
      this.probesOut = 0
      this.probesGood = 0
    }
    if (this.probesOut >= this.spec.probes) return false
    this.probesOut += 1
    return true
  }

  /** Takes the outcome of a call that was allowed. True when the state changed. */
  record(good: boolean, tookUs: number, nowUs: number): boolean {
    const success = good && !(this.spec.slow !== undefined && tookUs > this.spec.slow)
    if (this.state === breakerState.open) return false
    if (this.state === breakerState.halfOpen) {
      if (!success) return this.trip(nowUs)
      this.probesGood += 1
      if (this.probesGood < this.spec.probes) return false
      this.state = breakerState.closed
      this.clear()
      return true
    }
    const { window } = this
    if (this.seen === window.length) this.failed -= window[this.at] as number
    else this.seen += 1
    window[this.at] = success ? 0 : 1
    this.failed += success ? 0 : 1
    this.at = (this.at + 1) % window.length
    return this.seen >= this.spec.least && this.failed >= this.spec.failures * this.seen && this.failed > 0 ? this.trip(nowUs) : false
  }

  /** Share of failures among the calls of the window; null while there are fewer than it needs to judge. */
  get failureShare(): number | null {
    return this.seen < this.spec.least ? null : this.failed / this.seen
  }

  /** A call that was allowed ended without an outcome of its own, such as a wait for the pool: gives a probe back. */
  forget(): void {
    if (this.state === breakerState.halfOpen && this.probesOut > 0) this.probesOut -= 1
  }

  /** Opens it by hand, until a time. */
  hold(nowUs: number, untilUs: number): void {
    this.trip(nowUs)
    this.heldUntilUs = untilUs
  }

  save(): BreakerMemory {
    return { numbers: [this.state, this.heldUntilUs, this.openedUs, this.probesOut, this.probesGood, this.seen, this.failed, this.at], window: this.window.slice() }
  }

  load(memory: BreakerMemory): void {
    const [state = 0, heldUntilUs = 0, openedUs = 0, probesOut = 0, probesGood = 0, seen = 0, failed = 0, at = 0] = memory.numbers
    Object.assign(this, { state, heldUntilUs, openedUs, probesOut, probesGood, seen, failed, at })
    this.window = memory.window.slice()
  }

  private trip(nowUs: number): boolean {
    this.state = breakerState.open
    this.openedUs = nowUs
    this.clear()
    return true
  }

  private clear(): void {
    this.seen = 0
    this.failed = 0
    this.at = 0
    this.window.fill(0)
  }
}
