import { shiftModes } from '../../../../exercises/simulator/incident/modes/mode.ts'
import type { ShiftMode } from '../../../../exercises/simulator/incident/modes/mode.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'

/** What makes each mode harder, as the learner reads it. */
export const modeWords: Readonly<Record<ShiftMode, { readonly label: string; readonly description: string }>> = {
  noisy: { label: 'Noisy alerts', description: 'Other alerts fire too, and nobody is hurt by what they tell.' },
  blind: { label: 'Missing telemetry', description: 'Something is not collected: traces, the metrics of a part, or logs that come minutes late.' },
  double: { label: 'Two faults at once', description: 'A second, smaller fault strikes elsewhere. Hand over the one that pages, and name the part of the other in a hypothesis of your notebook.' },
}

/** The modes that an incident offers, its plain form first. */
export function modeChoices({ withoutModes }: IncidentBundle): readonly { value: ShiftMode | 'plain'; label: string; description: string }[] {
  const harder = shiftModes.filter((mode) => withoutModes[mode] === undefined)
  return [{ value: 'plain', label: 'As it is', description: 'One cause, one alert, and all telemetry.' }, ...harder.map((mode) => ({ value: mode, ...modeWords[mode] }))]
}
