import { useLayoutEffect } from 'react'
import { useIsDialogOpen } from '../../../ui/index.ts'
import type { RoomClient } from '../world/room-client.ts'

/** Time stands still while a dialog is open, and goes on as fast as before when it closes. */
export function usePauseUnderDialogs(client: RoomClient): void {
  const isOpen = useIsDialogOpen()
  useLayoutEffect(() => {
    const speed = client.latest?.speed ?? 0
    if (!isOpen || speed === 0) return undefined
    client.setSpeed(0)
    return () => {
      if (client.latest?.stopped === null && document.visibilityState === 'visible') client.setSpeed(speed)
    }
  }, [isOpen, client])
}
