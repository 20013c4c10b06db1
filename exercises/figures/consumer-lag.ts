/** Minutes of normal work before the consumers stand still. */
export const before = 10
const longestMinutes = 480
const stepMinutes = 0.25

export interface LagRun {
  /** By quarter of a minute. */
  points: { minute: number; lag: number; age: number }[]
  /** What the group can handle a second: partitions bound it. */
  capacity: number
  working: number
  peakLag: number
  oldestMinutes: number
  lost: number
  /** From restart until the lag is gone; Infinity if it never is. */
  drainMinutes: number
}

/**
 * Lag of a consumer group as a fluid: it grows by the arrival rate while consumers stand still, and after that by arrival
 * rate - capacity. A partition is read by one consumer of a group, so capacity = min(consumers, partitions) × what each
 * handles. Messages older than the retention are deleted, read or not.
 */
export function runLag({ rate, consumers, partitions, perConsumer, stopMinutes, retentionMinutes }: { rate: number; consumers: number; partitions: number; perConsumer: number; stopMinutes: number; retentionMinutes: number }): LagRun {
  const working = Math.min(consumers, partitions)
  const capacity = working * perConsumer
  const restart = before + stopMinutes
  const perMinute = rate * 60
  const points: LagRun['points'] = []
  let written = 0
  let read = 0
  let lost = 0
  let drained = Number.POSITIVE_INFINITY
  for (let minute = 0; minute <= longestMinutes; minute += stepMinutes) {
    if (minute > 0) {
      written += perMinute * stepMinutes
      const stands = minute > before && minute <= restart
      read = Math.min(written, read + (stands ? 0 : capacity * 60 * stepMinutes))
      const deleted = written - perMinute * retentionMinutes
      if (deleted > read) {
        lost += deleted - read
        read = deleted
      }
    }
    const lag = written - read
    points.push({ minute, lag, age: lag / perMinute })
    if (minute >= restart && lag <= perMinute * 1e-9 && drained === Number.POSITIVE_INFINITY) drained = minute - restart
    if (minute >= Math.max(before * 3, (restart + (Number.isFinite(drained) ? drained : longestMinutes)) * 1.15)) break
  }
  return { points, capacity, working, peakLag: Math.max(...points.map(({ lag }) => lag)), oldestMinutes: Math.max(...points.map(({ age }) => age)), lost, drainMinutes: drained }
}
