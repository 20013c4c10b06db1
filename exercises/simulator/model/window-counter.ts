/** A limit by counting: `rate` requests a second, over a window. */
export class WindowCounter {
  rate: number
  private readonly windowUs: number
  private readonly isSliding: boolean
  private window = 0
  private count = 0
  private before = 0

  /**
   * @param isSliding weighs the count of the window before by what of it is still in sight, as Cloudflare's limiter does;
   *   else each window begins at nothing, so that twice the limit can pass around its edge
   */
  constructor(rate: number, windowUs: number, isSliding: boolean) {
    this.rate = rate
    this.windowUs = windowUs
    this.isSliding = isSliding
  }

  /** Counts a request at a time that does not go back; false when it is one too many, which is not counted. */
  take(nowUs: number): boolean {
    const window = Math.floor(nowUs / this.windowUs)
    if (window !== this.window) {
      this.before = window === this.window + 1 ? this.count : 0
      this.count = 0
      this.window = window
    }
    const inSight = this.isSliding ? this.before * (1 - nowUs / this.windowUs + window) : 0
    if (this.count + inSight + 1 > (this.rate * this.windowUs) / 1e6) return false
    this.count += 1
    return true
  }

  save(): readonly number[] {
    return [this.rate, this.window, this.count, this.before]
  }

  load([rate = 0, window = 0, count = 0, before = 0]: readonly number[]): void {
    this.rate = rate
    this.window = window
    this.count = count
    this.before = before
  }
}
