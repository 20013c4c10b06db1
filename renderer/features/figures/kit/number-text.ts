/** Numbers as people read them: three digits that matter, a unit that fits. */

/** 1,660 or 0.0432 or 12.5; at most `digits` that matter. Infinity is "endless". */
export function numberText(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? 'endless' : 'none'
  const size = Math.abs(value)
  if (size >= 10 ** digits) return grouped(String(Math.round(size >= 1e6 ? Number(size.toPrecision(Math.max(digits, 4))) : size)), value < 0)
  if (size < 1e-4 && size > 0) return value.toExponential(1).replace('e-', ' × 10^-')
  return grouped(String(Number(size.toPrecision(digits))), value < 0)
}

function grouped(text: string, negative: boolean): string {
  const [whole = '', fraction] = text.split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${negative ? '−' : ''}${spaced}${fraction === undefined ? '' : `.${fraction}`}`
}

const durations: readonly [number, string][] = [
  [86_400_000, 'days'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
  [1, 'ms'],
]

/** 460 ms, 1.2 s, 12 min, 8.3 h, 30 days. */
export function durationText(ms: number, digits = 3): string {
  if (!Number.isFinite(ms)) return 'endless'
  if (ms > 0 && ms < 0.1) return 'under 0.1 ms'
  // A second unit is easier on the eye only from two of it on; below that the smaller unit is exact.
  const [size, unit] = durations.find(([candidate]) => Math.abs(ms) >= candidate * (candidate === 1000 ? 1 : 2)) ?? [1, 'ms']
  return `${numberText(ms / size, digits)} ${unit}`
}

/** 63.4%; close to 0 or 100 it shows as many digits as tell it from them. */
export function percentText(percent: number): string {
  if (percent >= 100 || percent <= 0) return `${numberText(percent)}%`
  if (percent > 99) {
    const missing = 100 - percent
    const places = Math.min(9, Math.max(1, 1 - Math.floor(Math.log10(missing))))
    return `${Number(percent.toFixed(places))}%`
  }
  return `${numberText(percent)}%`
}

/** 1 call, 2 calls. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}

/** 12k, 3.4M for axes. */
export function shortText(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${numberText(value / 1e9)}G`
  if (size >= 1e6) return `${numberText(value / 1e6)}M`
  if (size >= 1e4) return `${numberText(value / 1e3)}k`
  return numberText(value)
}
