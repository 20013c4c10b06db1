import type { Labels, Matcher } from '../query/matcher.ts'
import type { World } from '../model/index.ts'

/** The newest value of a series. */
export interface Reading {
  readonly labels: Labels
  readonly value: number
}

/** Newest values, at or before a time, of the series of a name that are still alive then. @param nowUs simulation microseconds */
export function readings(world: World, name: string, labels: Readonly<Record<string, string>>, nowUs: number): readonly Reading[] {
  const { series, epochMs } = world.telemetry
  const untilMs = epochMs + nowUs / 1000
  return series.select(matchersOf(name, labels), Number.NEGATIVE_INFINITY, untilMs).flatMap(({ labels: found, timesMs, values, stale, length }) => {
    let last = length - 1
    while (last >= 0 && (timesMs[last] ?? 0) > untilMs) last -= 1
    return last < 0 || stale?.[last] === 1 ? [] : [{ labels: found, value: values[last] ?? 0 }]
  })
}

/** Sum of the newest values of a name; null when there is no such series. */
export function reading(world: World, name: string, labels: Readonly<Record<string, string>>, nowUs: number): number | null {
  const found = readings(world, name, labels, nowUs)
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0)
}

/** Increase a second of the counters of a name over the time before now; 0 when there are too few samples. @param windowUs microseconds */
export function ratePerSecond(world: World, name: string, labels: Readonly<Record<string, string>>, nowUs: number, windowUs: number): number {
  const { series, epochMs } = world.telemetry
  const untilMs = epochMs + nowUs / 1000
  const fromMs = untilMs - windowUs / 1000
  let rate = 0
  for (const { timesMs, values, stale, length } of series.select(matchersOf(name, labels), fromMs, untilMs)) {
    let firstMs = Number.NaN
    let lastMs = Number.NaN
    let before = 0
    let increase = 0
    for (let at = 0; at < length; at += 1) {
      const timeMs = timesMs[at] ?? 0
      if (timeMs <= fromMs || timeMs > untilMs || stale?.[at] === 1) continue
      const value = values[at] ?? 0
      if (Number.isNaN(firstMs)) firstMs = timeMs
      else increase += value >= before ? value - before : value
      before = value
      lastMs = timeMs
    }
    if (lastMs > firstMs) rate += (increase * 1000) / (lastMs - firstMs)
  }
  return rate
}

function matchersOf(name: string, labels: Readonly<Record<string, string>>): readonly Matcher[] {
  return [{ name: '__name__', op: '=', value: name }, ...Object.entries(labels).map(([label, value]) => ({ name: label, op: '=' as const, value }))]
}
