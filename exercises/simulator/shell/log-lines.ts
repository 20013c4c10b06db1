import type { World } from '../model/index.ts'

/** A line of the log with its fields, when it is JSON. */
export interface LogLine {
  /** Simulation microseconds. */
  readonly atUs: number
  readonly line: string
  readonly labels: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, unknown>>
}

/** Lines of the streams with these labels in fromUs <= t <= toUs, simulation microseconds, oldest first. Fields are read when asked for. */
export function* linesOf(world: World, labels: Readonly<Record<string, string>>, fromUs: number, toUs: number): Generator<LogLine> {
  const epochUs = world.telemetry.epochMs * 1000
  const matchers = Object.entries(labels).map(([name, value]) => ({ name, op: '=' as const, value }))
  for (const { timeUs, labels: found, line } of world.telemetry.podLogs.select(matchers, epochUs + fromUs, epochUs + toUs + 1)) {
    yield { atUs: timeUs - epochUs, line, labels: found, get fields() { return fieldsOf(line) } }
  }
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  if (!line.startsWith('{')) return {}
  const parsed: unknown = JSON.parse(line)
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
}
