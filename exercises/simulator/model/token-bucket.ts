/** A token bucket: `rate` tokens a second, at most `burst` saved up. */
export class TokenBucket {
  rate: number
  burst: number
  private tokens: number
  private filledUs = 0

  /** @param rate tokens a second; Infinity for no limit */
  constructor(rate: number, burst: number) {
    this.rate = rate
    this.burst = burst
    this.tokens = burst
  }

  /** Takes a token at a time that does not go back; false when there is none. */
  take(nowUs: number): boolean {
    if (this.rate === Number.POSITIVE_INFINITY) return true
    this.tokens = Math.min(this.burst, this.tokens + ((nowUs - this.filledUs) * this.rate) / 1e6)
    this.filledUs = nowUs
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }

  save(): readonly number[] {
    return [this.rate, this.burst, this.tokens, this.filledUs]
  }

  load([rate = 0, burst = 0, tokens = 0, filledUs = 0]: readonly number[]): void {
    this.rate = rate
    this.burst = burst
    this.tokens = tokens
    this.filledUs = filledUs
  }
}
