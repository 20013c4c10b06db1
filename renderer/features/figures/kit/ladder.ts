/** Where the stops of a slider lie. */

const mantissas = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9]

/** Round values from `min` to `max`, each a few to some ten per cent above the one before, all multiples of `step`. */
export function ladder(min: number, max: number, step: number): number[] {
  const stops = new Set([min, max])
  for (let exponent = Math.floor(Math.log10(min)); 10 ** exponent <= max; exponent += 1) {
    for (const mantissa of mantissas) {
      const stop = toStep(mantissa * 10 ** exponent, step)
      if (stop > min && stop < max) stops.add(stop)
    }
  }
  return [...stops].sort((a, b) => a - b)
}

/** The nearest multiple of `step`, without the dust of binary fractions. */
export function toStep(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12))
}

/** Index of the stop nearest to a value. */
export function nearestStop(stops: readonly number[], value: number): number {
  let nearest = 0
  for (const [index, stop] of stops.entries()) if (Math.abs(stop - value) < Math.abs((stops[nearest] ?? 0) - value)) nearest = index
  return nearest
}
