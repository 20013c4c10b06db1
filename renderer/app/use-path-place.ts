import { useLocation } from 'wouter'
import { useLibrary, useProgress, useSettings } from './data.ts'
import { pathState, placeOnPath } from './path-progress.ts'
import type { PathPlace } from './path-progress.ts'

/** Where the screen in view stands on the path that is followed; null off the path, and without one. */
export function usePathPlace(): PathPlace | null {
  const [location] = useLocation()
  const library = useLibrary()
  const progress = useProgress()
  const { settings } = useSettings()
  const path = library.paths.find(({ id }) => id === settings.path)
  return path === undefined ? null : placeOnPath(path, pathState(path, library, progress), location)
}
