/** Begins a shift: keeps its record, tells progress of it, and goes to its room. */
import { useCallback } from 'react'
import { uuidRandomBytes, uuidV7 } from '../../../exercises/core/uuid.ts'
import type { ShiftMode } from '../../../exercises/simulator/incident/modes/mode.ts'
import type { ShiftLevel, ShiftRecord } from '../../../exercises/simulator/incident/shift/record.ts'
import { useRecord } from '../../app/data.ts'
import { go, routes } from '../../app/routes.ts'
import { newSeed } from './briefing/seed.ts'

/** Without a seed, a new one. */
export function useBeginShift(incident: string, keep: (record: string) => void): (options: { level: ShiftLevel; mode?: ShiftMode | undefined; seed?: number }) => void {
  const record = useRecord()
  return useCallback(
    ({ level, mode, seed = newSeed() }) => {
      const shift: ShiftRecord = { format: 1, id: uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(uuidRandomBytes))), incident, seed, level, ...(mode === undefined ? {} : { mode }), nowUs: 0, entries: [] }
      keep(JSON.stringify(shift))
      void record([{ type: 'shift.started', incident, shift: shift.id, seed, level }])
      go(routes.shift(incident))
    },
    [incident, keep, record],
  )
}
