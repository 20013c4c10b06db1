/** What every question to the running world is given. */
import type { Shift } from '../../../../../exercises/simulator/incident/shift/index.ts'

/** Answers one question about a shift, or changes it. Runs in the worker; input and output are cloned on the way. */
export type RoomCall<Input, Output> = (shift: Shift, input: Input) => Output

/** Wall-clock milliseconds of the simulated world at a simulation time in microseconds. */
export function wallMsOf(shift: Shift, us: number): number {
  return shift.world.telemetry.epochMs + us / 1000
}
