/** What teams changed, as far as anybody can see it. */
import type { ChangeEvent } from '../../../../../exercises/simulator/telemetry/index.ts'
import type { RoomCall } from './room-call.ts'
import { wallMsOf } from './room-call.ts'

/** Everything up to now, oldest first. Faults stay hidden until the debrief. */
const visible: RoomCall<null, readonly ChangeEvent[]> = (shift) =>
  shift.world.telemetry.changes.between(shift.world.telemetry.epochMs * 1000, wallMsOf(shift, shift.nowUs) * 1000 + 1)

export const changesCalls = { 'changes.visible': visible }
