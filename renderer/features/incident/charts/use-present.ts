import { useCallback } from 'react'
import { useRoom } from '../room/room-context.ts'

/** Tells charts the present at once and with each tick, in wall-clock milliseconds; stable, so that they listen once. */
export function usePresent(): (listener: (nowMs: number) => void) => () => void {
  const { client, opened } = useRoom()
  return useCallback(
    (listener: (nowMs: number) => void) => {
      const hear = (): void => {
        if (client.latest !== null) listener(opened.epochMs + client.latest.nowUs / 1000)
      }
      hear()
      return client.onTick(hear)
    },
    [client, opened],
  )
}
