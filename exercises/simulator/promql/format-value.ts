/** Numbers as Go and Prometheus print them. */

const special = (value: number): string | null => (Number.isNaN(value) ? 'NaN' : value === Number.POSITIVE_INFINITY ? '+Inf' : value === Number.NEGATIVE_INFINITY ? '-Inf' : null)

/** The shortest decimal that reads back as the same number, without an exponent: as in Prometheus' answers and count_values. */
export function formatSampleValue(value: number): string {
  const named = special(value)
  if (named !== null) return named
  if (Object.is(value, -0)) return '-0'
  const text = String(value)
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!parts) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return point >= digits.length ? `${sign}${digits}${'0'.repeat(point - digits.length)}` : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** As Go's %g: an exponent below 1e-4 and from 1e21 on. @param digits significant digits; all that are needed where absent */
export function formatGeneral(value: number, digits?: number): string {
  const named = special(value)
  if (named !== null) return named
  const exact = digits === undefined ? value.toExponential() : value.toExponential(digits - 1)
  const [mantissa = '0', exponentText = '0'] = exact.split('e')
  const exponent = Number(exponentText)
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  if (exponent < -4 || exponent >= (digits ?? 21)) return `${trimmed}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  return formatSampleValue(Number(exact))
}

/** A float of a label such as `le`, as Go's ParseFloat reads it; null where it is none. */
export function parseFloatLabel(text: string): number | null {
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : null
}
