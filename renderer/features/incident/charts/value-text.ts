/** Values with their units, short enough for an axis. */

export type Unit = 'count' | 'perSecond' | 'seconds' | 'ratio' | 'bytes'

const unitWords: Readonly<Record<Unit, string>> = { count: '', perSecond: 'per second', seconds: 'seconds', ratio: 'share', bytes: 'bytes' }

/** The unit of what a query answers, as far as its text tells: durations, shares, bytes, or a count. */
export function unitOf(query: string): Unit {
  if (/histogram_quantile\s*\([^{]*_seconds/.test(query) || (query.includes('_seconds_sum') && query.includes('_seconds_count')) || /lag_seconds/.test(query)) return 'seconds'
  if (/\)\s*\/\s*sum\b/.test(query)) return 'ratio'
  return /^(\w+\s*(by\s*\([^)]*\)\s*)?\()?\w+_bytes\b/.test(query) ? 'bytes' : 'count'
}

/** The unit as an axis names it. */
export function unitText(unit: Unit): string {
  return unitWords[unit]
}

/** Three significant digits: `1.25k`, `340 ms`, `98.6%`, `1.2 GiB`. */
export function valueText(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return 'no value'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  switch (unit) {
    case 'seconds':
      return secondsText(value)
    case 'ratio':
      return `${digits(value * 100)}%`
    case 'bytes':
      return scaled(value, 1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB'])
    case 'perSecond':
      return `${scaled(value, 1000, ['', 'k', 'M', 'G'])}/s`
    case 'count':
      return scaled(value, 1000, ['', 'k', 'M', 'G'])
  }
}

/** Six significant digits in the unit itself, for a single value: `0.48231 s`, `12.5031%`. */
export function exactText(value: number, unit: Unit): string {
  const exact = (number: number): string => Number(number.toPrecision(6)).toLocaleString('en', { maximumFractionDigits: 9 })
  switch (unit) {
    case 'seconds':
      return `${exact(value)} s`
    case 'ratio':
      return `${exact(value * 100)}%`
    case 'bytes':
      return `${exact(value)} B`
    case 'perSecond':
      return `${exact(value)}/s`
    case 'count':
      return exact(value)
  }
}

function secondsText(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0 s'
  if (size < 0.001) return `${digits(value * 1e6)} us`
  if (size < 1) return `${digits(value * 1000)} ms`
  if (size < 120) return `${digits(value)} s`
  return `${digits(value / 60)} min`
}

function scaled(value: number, base: number, suffixes: readonly string[]): string {
  let rest = value
  let step = 0
  while (Math.abs(rest) >= base && step < suffixes.length - 1) {
    rest /= base
    step += 1
  }
  return `${digits(rest)}${suffixes[step] ?? ''}`
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)))
}
