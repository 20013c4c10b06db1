/** How many dialogs are open, for what has to stand still under them. */
import { useLayoutEffect, useSyncExternalStore } from 'react'

let openDialogs = 0
const listeners = new Set<() => void>()

function change(by: 1 | -1): void {
  openDialogs += by
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Counts a dialog while it is open; called by whatever draws one over the whole screen. */
export function useCountedDialog(isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return undefined
    change(1)
    return () => change(-1)
  }, [isOpen])
}

/** Whether any dialog is open. */
export function useIsDialogOpen(): boolean {
  return useSyncExternalStore(subscribe, () => openDialogs > 0)
}
