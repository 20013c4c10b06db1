/** What can make a shift harder, for one who has seen the incident. */
export const shiftModes = ['noisy', 'blind', 'double'] as const
/** `noisy`: alerts that mean nothing fire too. `blind`: some telemetry is missing. `double`: a second, smaller fault strikes. */
export type ShiftMode = (typeof shiftModes)[number]

/** A mode by its name; null for anything else. */
export function readMode(text: string): ShiftMode | null {
  return shiftModes.find((mode) => mode === text) ?? null
}
