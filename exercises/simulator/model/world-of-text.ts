import { createWorld } from './create-world.ts'
import { readTopology } from './read-topology.ts'
import type { World, WorldOptions } from './world.ts'

/** A world from a topology as text, for tests. @throws RangeError with all complaints about the text */
export function worldOfText(text: string, options: WorldOptions = {}): World {
  const read = readTopology('topology.yaml', text)
  if (!read.ok) throw new RangeError(read.error.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return createWorld(read.value, options)
}

/** Complaints about a topology as text, with their lines. */
export function complaintsAbout(text: string): readonly string[] {
  const read = readTopology('topology.yaml', text)
  return read.ok ? [] : read.error.map(({ line, message }) => `${line}: ${message}`)
}

/** Sum of the newest samples of the live series of a metric whose labels are as given; NaN when there never was such a series. */
export function newest(world: World, metric: string, labels: Readonly<Record<string, string>> = {}): number {
  const matchers = Object.entries({ __name__: metric, ...labels }).map(([name, value]) => ({ name, op: '=' as const, value }))
  const found = world.telemetry.series.select(matchers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  const values = found.flatMap(({ values: samples, stale, length }) => (length > 0 && stale?.[length - 1] !== 1 ? [samples[length - 1] ?? 0] : []))
  return found.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0)
}

/** Messages of all log lines of a service. */
export function logLines(world: World, service: string): readonly string[] {
  return Array.from(world.telemetry.logs.select([{ name: 'service', op: '=', value: service }], 0, Number.POSITIVE_INFINITY), ({ line }) => line)
}

/** Whether a world that went through a snapshot at a time ends as one that did not. */
export function survivesSnapshot(text: string, atUs: number, endUs: number, options: WorldOptions = {}): boolean {
  const straight = worldOfText(text, options)
  straight.runUntil(atUs)
  const other = worldOfText(text, options)
  other.load(structuredClone(straight.save()))
  straight.runUntil(endUs)
  other.runUntil(endUs)
  return straight.fingerprint() === other.fingerprint()
}
