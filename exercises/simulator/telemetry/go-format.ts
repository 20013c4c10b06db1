import { formatGeneral } from '../query/number-text.ts'

/** Go's `fmt.Sprintf` for the verbs that alert texts use: v, s, q, d, f, e, g with a precision. */
export function sprintf(format: string, values: readonly (string | number)[]): string {
  let next = 0
  const text = format.replace(/%([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g, (_, _flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    const value = values[next]
    next += 1
    return (value === undefined ? `%!${verb}(MISSING)` : formatVerb(verb, value, precision === undefined ? null : Number(precision))).padStart(Number(width ?? 0))
  })
  return next < values.length ? `${text}%!(EXTRA ${values.slice(next).map(goTyped).join(', ')})` : text
}

function formatVerb(verb: string, value: string | number, precision: number | null): string {
  if (typeof value === 'string') return verb === 's' || verb === 'v' ? value : verb === 'q' ? JSON.stringify(value) : `%!${verb}(${goTyped(value)})`
  if (verb === 'v' || verb === 'g') return formatGeneral(value, precision === null ? undefined : Math.max(1, precision))
  if (verb === 'f') return Number.isFinite(value) ? value.toFixed(precision ?? 6) : formatGeneral(value)
  if (verb === 'e') return Number.isFinite(value) ? value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2') : formatGeneral(value)
  return `%!${verb}(${goTyped(value)})`
}

function goTyped(value: string | number): string {
  return typeof value === 'string' ? `string=${value}` : `float64=${formatGeneral(value)}`
}

const large = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']
const small = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y']
const binary = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi']

/** Prometheus' `humanize`: metric prefixes, four significant digits. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return formatGeneral(value, 4)
  return Math.abs(value) >= 1 ? scaleDown(value, 1000, large) : scaleUp(value, small)
}

/** Prometheus' `humanize1024`. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return formatGeneral(value, 4)
  return scaleDown(value, 1024, binary)
}

/** Prometheus' `humanizeDuration`; the value is in seconds. */
export function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return formatGeneral(value, 4)
  if (value === 0) return '0s'
  if (Math.abs(value) < 1) return `${scaleUp(value, small)}s`
  const sign = value < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(value))
  const seconds = whole % 60
  const minutes = Math.trunc(whole / 60) % 60
  const hours = Math.trunc(whole / 3600) % 24
  const days = Math.trunc(whole / 86_400)
  if (days !== 0) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`
  if (hours !== 0) return `${sign}${hours}h ${minutes}m ${seconds}s`
  if (minutes !== 0) return `${sign}${minutes}m ${seconds}s`
  return `${sign}${formatGeneral(Math.abs(value), 4)}s`
}

/** Prometheus' `humanizePercentage`; 1 is 100%. */
export function humanizePercentage(value: number): string {
  return `${formatGeneral(value * 100, 4)}%`
}

function scaleDown(value: number, step: number, prefixes: readonly string[]): string {
  let rest = value
  let prefix = ''
  for (const next of prefixes) {
    if (Math.abs(rest) < step) break
    prefix = next
    rest /= step
  }
  return formatGeneral(rest, 4) + prefix
}

function scaleUp(value: number, prefixes: readonly string[]): string {
  let rest = value
  let prefix = ''
  for (const next of prefixes) {
    if (Math.abs(rest) >= 1) break
    prefix = next
    rest *= 1000
  }
  return formatGeneral(rest, 4) + prefix
}
