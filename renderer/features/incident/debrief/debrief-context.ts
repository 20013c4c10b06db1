/** The debriefed shift, for every tab of its page. */
import { createContext, useContext } from 'react'
import type { Comparison, Debrief } from '../../../../exercises/simulator/incident/debrief/index.ts'
import type { ShiftRecord } from '../../../../exercises/simulator/incident/shift/record.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import type { RoomFacts } from '../world/calls/facts.ts'
import type { OpenedShift } from '../world/protocol.ts'
import type { RoomClient } from '../world/room-client.ts'

export interface Debriefed {
  readonly bundle: IncidentBundle
  /** The shift as it ended. */
  readonly record: ShiftRecord
  readonly debrief: Debrief
  /** The same world with nobody and with the expert; null while it is being run. */
  readonly comparison: Comparison | null
  readonly opened: OpenedShift
  readonly client: RoomClient
  readonly facts: RoomFacts
}

export const DebriefContext = createContext<Debriefed | null>(null)

/** The debriefed shift; throws outside of a debrief, which is a bug. */
export function useDebriefed(): Debriefed {
  const debriefed = useContext(DebriefContext)
  if (debriefed === null) throw new Error('useDebriefed needs a debrief above it')
  return debriefed
}

/** Wall clock of the simulated world, in milliseconds, at a simulation time. */
export function wallMsOf({ epochMs }: OpenedShift, us: number): number {
  return epochMs + us / 1000
}
