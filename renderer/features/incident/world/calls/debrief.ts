/** The debrief of a shift that has ended. */
import { compareWithForks, makeDebrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { Comparison, Debrief, Outcome } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { forksOf } from '../forks-ahead.ts'
import type { RoomCall } from './room-call.ts'

/** Everything that the shift itself tells. */
const make: RoomCall<null, Debrief> = (shift) => {
  if (!shift.hasEnded && shift.nowUs < shift.limitUs) throw new Error('The shift goes on. Hand over first.')
  return makeDebrief(shift)
}

/** What nobody and the expert would have come to. `mine` is the learner's outcome, as the debrief has it. */
const compare: RoomCall<{ readonly mine: Outcome }, Generator<number, Comparison>> = (shift, { mine }) => compareWithForks(shift, forksOf(shift), mine)

export const debriefCalls = { 'debrief.make': make, 'debrief.compare': compare }
