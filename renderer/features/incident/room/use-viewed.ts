import { useEffect } from 'react'
import type { RoomClient } from '../world/room-client.ts'

export interface Viewed {
  readonly panel: string
  readonly title: string
  /** What its charts ask; the same array while they stay the same. */
  readonly queries: readonly string[]
}

const mostQueries = 200

/** Keeps what is on the screen, so that a debrief can tell what was seen. Null while another tells it. */
export function useViewed(client: RoomClient, viewed: Viewed | null): void {
  const panel = viewed?.panel
  const title = viewed?.title
  const queries = viewed?.queries
  useEffect(() => {
    if (panel === undefined || title === undefined || queries === undefined) return
    const last = client.latest?.entries.findLast((entry) => entry.type === 'viewed')
    if (last?.type === 'viewed' && last.panel === panel && last.title === title && last.queries.length === queries.length) return
    // A room that closes meanwhile keeps nothing, and nobody waits for it.
    client.call('entries.keep', { type: 'viewed', panel, title, queries: queries.slice(0, mostQueries).map((query) => query.slice(0, 4_000)) }).catch(() => undefined)
  }, [client, panel, title, queries])
}
