import { useSyncExternalStore } from 'react'

/** Under these widths (px) the inspector becomes a drawer and the sidebar the rail. */
export const inspectorDrawerBelow = 1180
export const sidebarDrawerBelow = 1100

function watch(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** Whether the window is narrower than `limit` px. */
export function useNarrowerThan(limit: number): boolean {
  return useSyncExternalStore(watch, () => window.innerWidth < limit)
}
