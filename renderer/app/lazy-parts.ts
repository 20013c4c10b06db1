import { lazy, useEffect } from 'react'

const load = {
  home: () => import('../features/home/index.ts'),
  library: () => import('../features/library/index.ts'),
  reader: () => import('../features/reader/index.ts'),
  exercises: () => import('../features/exercises/index.ts'),
  workspace: () => import('../features/workspace/index.ts'),
  settings: () => import('../features/settings/index.ts'),
  about: () => import('../features/about/index.ts'),
  welcome: () => import('../features/welcome/index.ts'),
  palette: () => import('./palette.tsx'),
  keySheet: () => import('./key-sheet.tsx'),
}

export const HomeScreen = lazy(load.home)
export const LibraryScreen = lazy(load.library)
export const ReaderScreen = lazy(load.reader)
export const ExercisesScreen = lazy(load.exercises)
export const WorkspaceScreen = lazy(load.workspace)
export const SettingsScreen = lazy(load.settings)
export const AboutScreen = lazy(load.about)
export const Welcome = lazy(load.welcome)
export const Palette = lazy(load.palette)
export const KeySheet = lazy(load.keySheet)

/** Time for the first screen to be read and settled before the other parts are fetched, ms. */
const fetchOthersAfterMs = 2_000

/**
 * Fetches the other parts when there is nothing else to do: opening one is then instant, and still works should the
 * core, which serves the files, go away.
 */
export function useOtherParts(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // A failure shows when the part is opened, with what to do about it.
      for (const fetchPart of Object.values(load)) void fetchPart().catch(() => undefined)
    }, fetchOthersAfterMs)
    return () => clearTimeout(timer)
  }, [])
}
