/** The lab of an exercise while its workspace is on screen. */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import { useApi } from '../../../../app/data.ts'
import { chooseDriver } from './choose-driver.ts'
import type { LabClock, LabView } from './postgres-lab.ts'
import { PostgresLab } from './postgres-lab.ts'

const pageClock: LabClock = {
  nowMs: () => performance.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Opens the exercise's database, and closes it with the workspace or the page. `exercise` must not change meanwhile. */
export function usePostgresLab(exercise: PostgresExercise): { lab: PostgresLab; view: LabView } {
  const api = useApi()
  const lab = useMemo(() => new PostgresLab(chooseDriver(api, exercise), pageClock), [api, exercise])
  useEffect(() => {
    void lab.open()
    const close = (): void => lab.close()
    window.addEventListener('pagehide', close)
    return () => {
      window.removeEventListener('pagehide', close)
      close()
    }
  }, [lab])
  const subscribe = useCallback((listener: () => void) => lab.subscribe(listener), [lab])
  const view = useSyncExternalStore(subscribe, () => lab.view)
  return { lab, view }
}
