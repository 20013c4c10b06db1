/** The debrief of a shift that has ended. */
import { makeDebrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { Debrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { RoomCall } from './room-call.ts'

const make: RoomCall<null, Generator<number, Debrief>> = (shift) => {
  if (!shift.hasEnded && shift.nowUs < shift.limitUs) throw new Error('The shift goes on. Hand over first.')
  return makeDebrief(shift)
}

export const debriefCalls = { 'debrief.make': make }
