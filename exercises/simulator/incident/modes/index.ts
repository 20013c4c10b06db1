/** Modes in which an incident can be taken: what each changes in the incident and in its world. */
import type { IncidentSpec } from '../schema.ts'
import { faultsOf } from '../vary/index.ts'
import { blindSpec, blindTelemetry, planBlindness } from './blind.ts'
import type { ShiftMode } from './mode.ts'
import { noisyAlerts } from './noisy.ts'
import { secondFault } from './second.ts'
import type { SecondFault } from './second.ts'

export { readMode, shiftModes } from './mode.ts'
export type { ShiftMode } from './mode.ts'
export { noisyAlerts } from './noisy.ts'
export type { SecondFault } from './second.ts'

/** An incident in a mode. The topology is as it was parsed. */
export interface InMode {
  readonly spec: IncidentSpec
  readonly topology: unknown
  /** In `double`. */
  readonly second: SecondFault | null
}

/** Why it cannot be taken in a mode; null for a mode that it offers. */
export function withoutMode({ modes }: IncidentSpec, mode: ShiftMode): string | null {
  return modes.without[mode] ?? null
}

/** Puts a mode into an incident. Null where the incident cannot be taken in it. */
export function inMode(spec: IncidentSpec, topology: unknown, mode: ShiftMode | null, seed: number | string): InMode | null {
  if (mode === null || typeof topology !== 'object' || topology === null) return { spec, topology, second: null }
  if (withoutMode(spec, mode) !== null) return null
  const written = topology as Readonly<Record<string, unknown>>
  const alerts = mapOf(written['alerts'])
  switch (mode) {
    case 'noisy':
      return { spec, topology: { ...written, alerts: { ...noisyAlerts, ...alerts } }, second: null }
    case 'blind': {
      const rules = Object.values(alerts).map((rule) => String(mapOf(rule)['expr']))
      const parts = (['services', 'databases', 'caches'] as const).flatMap((section) => Object.keys(mapOf(written[section])).map((name) => ({ name, section })))
      const plan = planBlindness(spec, rules, parts, seed)
      return { spec: blindSpec(spec, plan), topology: { ...written, telemetry: blindTelemetry(written['telemetry'], plan, spec.history) }, second: null }
    }
    case 'double': {
      const faults = faultsOf(topology)
      const found = secondFault(spec, topology, faults, seed)
      return found === null ? null : { spec, topology: { ...written, faults: [...faults, found.fault] }, second: found.second }
    }
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
