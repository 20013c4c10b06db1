import { parseFloatText } from './number-text.ts'

/** Durations and sizes as Loki reads them: Prometheus durations (1d2h), Go durations (1.5s, 100us) and go-humanize bytes. */

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = {
  y: 365 * 86_400, w: 7 * 86_400, d: 86_400, h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, 'µs': 1e-6, 'μs': 1e-6, ns: 1e-9,
}

const DURATION_PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/y

/** Seconds of a duration such as `1h30m`, `1.5s`, `-20ms` or `0`; null when it is none. */
export function parseDurationSeconds(text: string): number | null {
  const sign = text.startsWith('-') ? -1 : 1
  let position = /^[+-]/.test(text) ? 1 : 0
  if (text.slice(position) === '0') return 0
  if (position >= text.length) return null
  let seconds = 0
  while (position < text.length) {
    DURATION_PART.lastIndex = position
    const match = DURATION_PART.exec(text)
    if (match === null) return null
    const unit = SECONDS_BY_UNIT[match[2] ?? '']
    if (unit === undefined) return null
    seconds += scaled(Number(match[1]), unit)
    position = DURATION_PART.lastIndex
  }
  return sign * seconds
}

/** Dividing by the reciprocal keeps 250ms at exactly 0.25. */
function scaled(amount: number, unit: number): number {
  return unit < 1 ? amount / Math.round(1 / unit) : amount * unit
}

/** A Go duration (no d, w or y), as the values of labels are read; null when it is none. */
export function parseGoDurationSeconds(text: string): number | null {
  return /[dwy]/.test(text) ? null : parseDurationSeconds(text)
}

const DECIMAL = 1000
const BINARY = 1024
const BYTES_BY_UNIT: Readonly<Record<string, number>> = {
  '': 1, b: 1,
  kb: DECIMAL, k: DECIMAL, kib: BINARY, ki: BINARY,
  mb: DECIMAL ** 2, m: DECIMAL ** 2, mib: BINARY ** 2, mi: BINARY ** 2,
  gb: DECIMAL ** 3, g: DECIMAL ** 3, gib: BINARY ** 3, gi: BINARY ** 3,
  tb: DECIMAL ** 4, t: DECIMAL ** 4, tib: BINARY ** 4, ti: BINARY ** 4,
  pb: DECIMAL ** 5, p: DECIMAL ** 5, pib: BINARY ** 5, pi: BINARY ** 5,
}

/** Bytes of a size such as `20KB` (20,000), `5MiB` or `512`; null when it is none. kB is 1,000 and KiB 1,024. */
export function parseBytes(text: string): number | null {
  const match = /^\s*(\d[\d,]*(?:\.\d*)?|\.\d+)\s*([A-Za-z]*)\s*$/.exec(text)
  if (match === null) return null
  const unit = match[2]?.toLowerCase() ?? ''
  const factor = Object.hasOwn(BYTES_BY_UNIT, unit) ? BYTES_BY_UNIT[unit] : undefined
  return factor === undefined ? null : Math.trunc(Number((match[1] ?? '').replaceAll(',', '')) * factor)
}

/** A number as Go reads it, a whole one also in hexadecimal; null when it is none. */
export function parseNumber(text: string): number | null {
  const value = parseFloatText(text)
  if (value !== null || !/^[+-]?0x[0-9a-f]+$/i.test(text)) return value
  return text.startsWith('-') ? -Number(text.slice(1)) : Number(text.replace('+', ''))
}
