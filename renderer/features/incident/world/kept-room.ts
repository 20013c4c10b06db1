/** The room of a shift that has ended, kept for its debrief: what happened in its world need not be run again. At most one. */
import type { RoomFacts } from './calls/facts.ts'
import type { OpenedShift } from './protocol.ts'
import type { RoomClient } from './room-client.ts'

export interface KeptRoom {
  /** Id of the shift. */
  readonly id: string
  readonly client: RoomClient
  readonly opened: OpenedShift
  readonly facts: RoomFacts
}

let kept: KeptRoom | null = null

/** Keeps it in place of another. */
export function keepRoom(room: KeptRoom): void {
  kept?.client.close()
  kept = room
}

/** The room of this shift, which is the caller's from now on; another one ends, so that there is room for the next. */
export function takeKeptRoom(id: string): KeptRoom | null {
  const taken = kept
  kept = null
  if (taken === null || taken.id === id) return taken
  taken.client.close()
  return null
}
