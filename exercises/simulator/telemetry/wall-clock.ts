/** Milliseconds since the Unix epoch at simulation time 0: 2026-03-03T09:00:00Z, a Tuesday morning. */
export const defaultEpochMs = Date.UTC(2026, 2, 3, 9)

/** RFC 3339 times of many lines; the part down to the second is made once per second. */
export class TimeFormatter {
  private second = Number.NaN
  private prefix = ''

  /** @param timeUs microseconds since the Unix epoch; shown in UTC with six decimals */
  format(timeUs: number): string {
    const second = Math.floor(timeUs / 1_000_000)
    if (second !== this.second) {
      this.second = second
      this.prefix = new Date(second * 1000).toISOString().slice(0, 19)
    }
    return `${this.prefix}.${String(timeUs - second * 1_000_000).padStart(6, '0')}Z`
  }
}
