/** Functions of one value at a time. */

/** Go's Max: an infinity that decides wins over NaN. */
export function greater(left: number, right: number): number {
  return left === Number.POSITIVE_INFINITY || right === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(left, right)
}

/** Go's Min: an infinity that decides wins over NaN. */
export function lesser(left: number, right: number): number {
  return left === Number.NEGATIVE_INFINITY || right === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(left, right)
}

/** To the nearest multiple; halves go up, also below zero. */
export function roundTo(value: number, nearest: number): number {
  const inverse = 1 / nearest
  return Math.floor(value * inverse + 0.5) / inverse
}

export const mathematics: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  sgn: Math.sign,
  deg: (value) => (value * 180) / Math.PI,
  rad: (value) => (value * Math.PI) / 180,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  cos: Math.cos,
  cosh: Math.cosh,
  sin: Math.sin,
  sinh: Math.sinh,
  tan: Math.tan,
  tanh: Math.tanh,
}

function inUtc(read: (date: Date) => number): (seconds: number) => number {
  return (seconds) => read(new Date(Math.trunc(seconds) * 1000))
}

/** Functions of a time in seconds since the epoch, in UTC. */
export const calendar: Readonly<Record<string, (seconds: number) => number>> = {
  year: inUtc((date) => date.getUTCFullYear()),
  month: inUtc((date) => date.getUTCMonth() + 1),
  day_of_month: inUtc((date) => date.getUTCDate()),
  day_of_week: inUtc((date) => date.getUTCDay()),
  day_of_year: inUtc((date) => Math.floor((Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1),
  days_in_month: inUtc((date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()),
  hour: inUtc((date) => date.getUTCHours()),
  minute: inUtc((date) => date.getUTCMinutes()),
}
