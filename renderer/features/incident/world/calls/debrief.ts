/** The debrief of a shift that has ended. */
import { compareWithForks, makeDebrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { Comparison, Debrief, Outcome } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { Shift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import { forksOf } from '../forks-ahead.ts'
import type { RoomCall } from './room-call.ts'

const made = new WeakMap<Shift, Debrief>()

/** Everything that the shift itself tells. An ended shift does not change, so it is made once. */
const make: RoomCall<null, Debrief> = (shift) => {
  if (!shift.hasEnded && shift.nowUs < shift.limitUs) throw new Error('The shift goes on. Hand over first.')
  const debrief = made.get(shift) ?? makeDebrief(shift)
  if (shift.hasEnded) made.set(shift, debrief)
  return debrief
}

/** What nobody and the expert would have come to. `mine` is the learner's outcome, as the debrief has it. */
const compare: RoomCall<{ readonly mine: Outcome }, Generator<number, Comparison>> = (shift, { mine }) => compareWithForks(shift, forksOf(shift), mine)

export const debriefCalls = { 'debrief.make': make, 'debrief.compare': compare }
