/** Times of the simulated world in words. */

const two = (value: number): string => String(value).padStart(2, '0')

/** Wall clock of the world in UTC, `14:03:20`. */
export function clockTime(wallMs: number): string {
  const date = new Date(wallMs)
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
}

/** From a moment, signed: `+09:20`, `-00:05`, `+1:02:00`. */
export function sinceText(us: number): string {
  const seconds = Math.floor(Math.abs(us) / 1e6)
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return `${us < 0 ? '-' : '+'}${hours > 0 ? `${String(hours)}:` : ''}${rest}`
}

/** A length: `45 s`, `2 min`, `2 min 30 s`. */
export function lengthText(us: number): string {
  const seconds = Math.round(us / 1e6)
  if (seconds < 60) return `${String(seconds)} s`
  const rest = seconds % 60
  return rest === 0 ? `${String(seconds / 60)} min` : `${String(Math.floor(seconds / 60))} min ${String(rest)} s`
}
