import { useMemo } from 'react'
import { useRoom, useRoomCall, useScrape, useTick } from '../room/room-context.ts'
import type { Marker } from './chart.tsx'

/** What to draw across every chart: the page, what teams changed and what the learner did. */
export function useMarkers(): readonly Marker[] {
  const { opened } = useRoom()
  const scrape = useScrape()
  const acts = useTick(({ entries }) => entries.length)
  const changes = useRoomCall('changes.visible', null, `${String(scrape)} ${String(acts)}`)
  const seen = changes.state === 'ready' ? changes.value : null
  return useMemo(
    () => [
      { atMs: opened.epochMs + opened.pageUs / 1000, kind: 'page' as const, label: 'The page' },
      ...(seen ?? []).map(({ timeUs, kind, summary, actor }) => ({ atMs: timeUs / 1000, kind: kind === 'audit' ? ('action' as const) : ('change' as const), label: `${summary} (${actor})` })),
    ],
    [opened, seen],
  )
}
