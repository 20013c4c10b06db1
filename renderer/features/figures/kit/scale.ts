/** From values to places on a picture. */

export interface Axis {
  /** What it shows, with the unit. */
  title: string
  from: number
  to: number
  log?: boolean
  /** Values that are labelled; chosen when absent. */
  ticks?: readonly number[]
  format?: (value: number) => string
}

/** Share of the axis, 0 at its start. */
export function shareAt({ from, to, log = false }: Axis, value: number): number {
  if (!log) return (value - from) / (to - from)
  return Math.log(Math.max(value, Number.MIN_VALUE) / from) / Math.log(to / from)
}

/** The value at a share of the axis. */
export function valueAt({ from, to, log = false }: Axis, share: number): number {
  return log ? from * (to / from) ** share : from + (to - from) * share
}

/** Round values to label, at most about `most`. */
export function ticksOf(axis: Axis, most: number): number[] {
  if (axis.ticks !== undefined) return [...axis.ticks]
  return axis.log ? powers(axis, most) : steps(axis, most)
}

function steps({ from, to }: Axis, most: number): number[] {
  const rough = (to - from) / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power
  const ticks: number[] = []
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index += 1) ticks.push(Number((index * step).toPrecision(12)))
  return ticks
}

function powers({ from, to }: Axis, most: number): number[] {
  const decades = Math.log10(to / from)
  const factors = decades * 3 <= most ? [1, 2, 5] : [1]
  const every = Math.max(1, Math.ceil(decades / Math.max(1, most)))
  const ticks: number[] = []
  for (let exponent = Math.floor(Math.log10(from) + 1e-9); 10 ** exponent <= to * 1.0001; exponent += every) {
    for (const factor of factors) {
      const tick = Number((factor * 10 ** exponent).toPrecision(6))
      if (tick >= from * 0.9999 && tick <= to * 1.0001) ticks.push(tick)
    }
  }
  return ticks
}

/** The least round number that is not below a value: where an axis ends. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return Number((([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * 0.9999) ?? 10) * power).toPrecision(6))
}

/** Places of labels, top to bottom, pushed at least `gap` apart and kept within `top..bottom`. */
export function pushApart(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at)
  for (const [rank, label] of order.entries()) label.at = Math.max(label.at, rank === 0 ? top : (order[rank - 1]?.at ?? top) + gap)
  for (let rank = order.length - 1; rank >= 0; rank -= 1) {
    const label = order[rank]
    if (label !== undefined) label.at = Math.min(label.at, rank === order.length - 1 ? bottom : (order[rank + 1]?.at ?? bottom) - gap)
  }
  const places = [...wanted]
  for (const { at, index } of order) places[index] = at
  return places
}

/** `count` + 1 values from `from` to `to`, evenly apart on the axis. */
export function sampled(axis: Axis, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => valueAt(axis, index / count))
}
