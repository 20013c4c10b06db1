import { useMemo } from 'react'
import type { Marker } from '../charts/chart.tsx'
import { useDebriefed, wallMsOf } from './debrief-context.ts'

/** Across every chart of a debrief: what struck, what teams changed, the page, and what was done. */
export function useDebriefMarkers(): readonly Marker[] {
  const { debrief, opened } = useDebriefed()
  return useMemo(
    () => [
      { atMs: wallMsOf(opened, debrief.pageUs), kind: 'page' as const, label: 'The page', isCalm: debrief.truth.kind === 'false-alarm' },
      ...debrief.truth.faults.map(({ timeUs, summary }) => ({ atMs: timeUs / 1000, kind: 'fault' as const, label: summary })),
      ...debrief.changes.map(({ timeUs, summary }) => ({ atMs: timeUs / 1000, kind: 'change' as const, label: summary })),
      ...debrief.acts.filter(({ verdict }) => verdict !== 'refused').map(({ atUs, summary }) => ({ atMs: wallMsOf(opened, atUs), kind: 'action' as const, label: summary })),
    ],
    [debrief, opened],
  )
}
