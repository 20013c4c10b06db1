/** Durations as PromQL writes them: `1h30m`, `500ms`, or a plain number of seconds. */

const unitMs: readonly (readonly [unit: string, ms: number])[] = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]

const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/
/** Go keeps durations in nanoseconds of 63 bits. */
const longestMs = 9_223_372_036_854

/** Milliseconds of `1h30m`, or null where it is no duration or longer than 292 years. */
export function parseDurationMs(text: string): number | null {
  const found = pattern.exec(text)
  if (!found || text === '') return null
  let sum = 0
  unitMs.forEach(([, ms], index) => {
    sum += Number(found[index + 1] ?? 0) * ms
  })
  return sum > longestMs ? null : sum
}

/** The shortest spelling: 5400000 is `1h30m`. */
export function formatDurationMs(durationMs: number): string {
  if (durationMs === 0) return '0s'
  let rest = Math.abs(durationMs)
  let out = durationMs < 0 ? '-' : ''
  for (const [unit, ms] of unitMs) {
    const exact = unit === 'y' || unit === 'w' || unit === 'd'
    // Prometheus writes years, weeks and days only where nothing is left over.
    if (exact && rest % ms !== 0) continue
    const count = Math.floor(rest / ms)
    if (count > 0) out += `${count}${unit}`
    rest -= count * ms
  }
  return out
}

const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/

/** The value of a number literal, `inf`, `nan` or a duration in seconds; null where it is none or too large. */
export function parseNumber(text: string): number | null {
  const lower = text.toLowerCase()
  if (lower === 'inf') return Number.POSITIVE_INFINITY
  if (lower === 'nan') return Number.NaN
  const plain = text.replaceAll('_', '')
  if (number.test(plain)) {
    // As Go's ParseInt with base 0: a leading zero means octal.
    const value = /^0[0-7]+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain)
    return Number.isFinite(value) ? value : null
  }
  const ms = parseDurationMs(text)
  return ms === null ? null : ms / 1000
}
