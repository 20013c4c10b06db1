/** Where a shift is kept between visits: one per incident, with the learner's drafts. */
import { readShiftRecord } from '../../../exercises/simulator/incident/shift/record.ts'
import type { ShiftRecord } from '../../../exercises/simulator/incident/shift/record.ts'

export const shiftDraftKey = (incidentId: string): string => `shift:${incidentId}`

/** The kept shift of this incident; null where there is none, or none that can be read. */
export function readKeptShift(text: string | null, incidentId: string): ShiftRecord | null {
  const record = text === null ? null : readShiftRecord(text)
  return record?.incident === incidentId ? record : null
}

/** Whether it has come to its end. */
export function hasEnded(record: ShiftRecord): boolean {
  return record.entries.at(-1)?.type === 'ended'
}
