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

/** As Go's %g: an exponent below 1e-4 and from 1e21 on, or from the number of digits on. @param digits significant digits; all that are needed where absent */
export function formatGeneral(value: number, digits?: number): string {
  if (!Number.isFinite(value) || value === 0) return formatSampleValue(value)
  const [mantissa = '0', exponentText = '0'] = (digits === undefined ? value.toExponential() : value.toExponential(digits - 1)).split('e')
  const exponent = Number(exponentText)
  if (exponent >= -4 && exponent < (digits ?? 21)) return digits === undefined ? String(value) : withoutZeros(value.toFixed(Math.max(0, digits - 1 - exponent)))
  return `${withoutZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function withoutZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

/** A float as Go's ParseFloat reads it, such as the value of an `le` label; null where it is none. */
export function parseFloatText(text: string): number | null {
  if (isPlainDecimal(text)) return Number(text)
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : null
}

/** Digits with at most one point behind the first: most numbers of log lines, told faster than by an expression. */
function isPlainDecimal(text: string): boolean {
  let points = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x2e && index > 0) points += 1
    else if (code < 0x30 || code > 0x39) return false
  }
  return text !== '' && points < 2
}
