/** For tests: worlds from text, and figures from their telemetry. */
import type { Matcher } from '../../promql/source.ts'
import { createWorld } from '../create-world.ts'
import { readTopology } from '../read-topology.ts'
import type { World, WorldOptions } from '../world.ts'

/** Builds a world. @throws Error with every complaint about the text */
export function worldOf(text: string, options: WorldOptions = {}): World {
  const read = readTopology('test.yaml', text)
  if (!read.ok) throw new Error(read.error.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return createWorld(read.value, options)
}

/** Complaints about a text, as `line: message`. */
export function complaints(text: string): readonly string[] {
  const read = readTopology('test.yaml', text)
  return read.ok ? [] : read.error.map(({ line, message }) => `${line}: ${message}`)
}

/** Sum of the last scraped values of all series of a name with these labels. */
export function latest(world: World, name: string, labels: Readonly<Record<string, string>> = {}): number {
  return valueAt(world, name, labels, Number.POSITIVE_INFINITY)
}

/** Sum over series of the last value scraped at or before a time in simulated seconds; counters of pods that are gone count on. */
export function valueAt(world: World, name: string, labels: Readonly<Record<string, string>>, seconds: number): number {
  const matchers: Matcher[] = [{ name: '__name__', op: '=', value: name }, ...Object.entries(labels).map(([label, value]) => ({ name: label, op: '=' as const, value }))]
  const untilMs = world.telemetry.epochMs + seconds * 1000
  let sum = 0
  for (const { timesMs, values, length, stale } of world.telemetry.series.select(matchers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    let last = 0
    for (let index = 0; index < length && (timesMs[index] ?? 0) <= untilMs; index += 1) if (stale?.[index] !== 1) last = values[index] ?? 0
    sum += last
  }
  return sum
}

/** Sum of the last scraped values of the series that are still alive; NaN when there never was such a series. */
export function newest(world: World, name: string, labels: Readonly<Record<string, string>> = {}): number {
  const matchers: Matcher[] = [{ name: '__name__', op: '=', value: name }, ...Object.entries(labels).map(([label, value]) => ({ name: label, op: '=' as const, value }))]
  const found = world.telemetry.series.select(matchers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  const alive = found.flatMap(({ values, stale, length }) => (length > 0 && stale?.[length - 1] !== 1 ? [values[length - 1] ?? 0] : []))
  return found.length === 0 ? Number.NaN : alive.reduce((sum, value) => sum + value, 0)
}

/** Increase a second of a counter between two times in simulated seconds; no restarts in between. */
export function rateBetween(world: World, name: string, labels: Readonly<Record<string, string>>, fromSeconds: number, toSeconds: number): number {
  return (valueAt(world, name, labels, toSeconds) - valueAt(world, name, labels, fromSeconds)) / (toSeconds - fromSeconds)
}

/** All log lines of a service that contain a text. */
export function linesWith(world: World, service: string, text = ''): readonly string[] {
  const entries = world.telemetry.logs.select([{ name: 'service', op: '=', value: service }], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  return [...entries].map(({ line }) => line).filter((line) => line.includes(text))
}

/** Whether a world that went through a snapshot ends as one that did not. Times in microseconds. */
export function survivesSnapshot(text: string, atUs: number, endUs: number, options: WorldOptions = {}): boolean {
  const straight = worldOf(text, options)
  straight.runUntil(atUs)
  const other = worldOf(text, options)
  other.load(structuredClone(straight.save()))
  straight.runUntil(endUs)
  other.runUntil(endUs)
  return straight.fingerprint() === other.fingerprint()
}

/** Seconds, as the clock of a world has them. */
export const seconds = (value: number): number => value * 1e6
