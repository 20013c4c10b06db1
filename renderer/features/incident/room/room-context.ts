/** The open room, for everything that is drawn in it. */
import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { EntryWithoutTime } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import type { RoomFacts } from '../world/calls/facts.ts'
import type { OpenedShift, Tick } from '../world/protocol.ts'
import type { RoomCallName, RoomInput, RoomOutput } from '../world/room-calls.ts'
import type { RoomClient } from '../world/room-client.ts'
import type { OwnPanels } from './own-panels.ts'
import type { TimeRangeStore } from './time-range.ts'

export interface Room {
  readonly client: RoomClient
  readonly bundle: IncidentBundle
  readonly facts: RoomFacts
  readonly opened: OpenedShift
  readonly level: string
  readonly seed: number
  readonly timeRange: TimeRangeStore
  readonly ownPanels: OwnPanels
  /** Shows another panel, and hands it what it should show: a query, a trace id. */
  show(panel: string, input?: string): void
}

export const RoomContext = createContext<Room | null>(null)

/** The room; throws outside of one, which is a bug. */
export function useRoom(): Room {
  const room = useContext(RoomContext)
  if (room === null) throw new Error('useRoom needs an open room above it')
  return room
}

/** A part of the present. `select` must return the same value or reference while nothing changed for it. */
export function useTick<T>(select: (tick: Tick) => T): T {
  const { client } = useRoom()
  const latest = (): T => {
    if (client.latest === null) throw new Error('a room is drawn after its first tick')
    return select(client.latest)
  }
  return useSyncExternalStore((changed) => client.onTick(changed), latest)
}

/** Number of scrapes so far: what was measured changes only with it. */
export function useScrape(): number {
  const { scrapeMs } = useRoom().opened
  return useTick(({ nowUs }) => Math.floor(nowUs / (scrapeMs * 1000)))
}

export type RoomAnswer<T> = { readonly state: 'loading' } | { readonly state: 'ready'; readonly value: T } | { readonly state: 'failed'; readonly message: string }

/**
 * Asks the world, and again when `input` or `version` changes; the last answer stays until the next is there, and no
 * two questions of one caller run at the same time. Asks nothing while not `enabled`.
 */
export function useRoomCall<Name extends RoomCallName>(name: Name, input: RoomInput<Name>, version: number | string, enabled = true): RoomAnswer<RoomOutput<Name>> {
  const { client } = useRoom()
  const [answer, setAnswer] = useState<RoomAnswer<RoomOutput<Name>>>({ state: 'loading' })
  const key = `${JSON.stringify(input)} ${String(version)}`
  const newest = useRef({ key, input })
  const running = useRef(false)
  const mounted = useRef(true)
  useEffect(() => {
    newest.current = { key, input }
  })
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])

  const ask = useCallback(async () => {
    if (running.current) return
    running.current = true
    // What changed while a question ran is asked once, in its newest form.
    for (let asked = ''; mounted.current && asked !== newest.current.key; ) {
      asked = newest.current.key
      try {
        const value = await client.call(name, newest.current.input)
        if (mounted.current) setAnswer({ state: 'ready', value })
      } catch (error) {
        if (mounted.current) setAnswer({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
      }
    }
    running.current = false
  }, [client, name])
  useEffect(() => {
    if (enabled) void ask()
  }, [key, enabled, ask])
  return answer
}

/** Keeps what the learner did beside the world. */
export function useKeep(): (entry: EntryWithoutTime) => Promise<boolean> {
  const { client } = useRoom()
  return useCallback((entry: EntryWithoutTime) => client.call('entries.keep', entry), [client])
}
