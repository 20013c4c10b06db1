/** A float as Go and so OpenMetrics write it: shortest digits that read back the same, exponents of two digits. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  if (Object.is(value, -0)) return '-0'
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e21)) {
    const [digits = '0', exponent = '0'] = value.toExponential().split('e')
    const sign = exponent.startsWith('-') ? '-' : '+'
    return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
  }
  return String(value)
}

/** The value of an `le` label in the canonical form of OpenMetrics: whole numbers carry `.0`, as Prometheus 3 stores them. */
export function formatBound(bound: number): string {
  const text = formatFloat(bound)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}
