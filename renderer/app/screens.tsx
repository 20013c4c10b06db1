import { Suspense, lazy, useEffect } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { EmptyState, Skeleton } from '../ui/index.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { routes } from './routes.ts'
import styles from './shell.module.css'

const load = {
  home: () => import('../features/home/index.ts'),
  library: () => import('../features/library/index.ts'),
  reader: () => import('../features/reader/index.ts'),
  exercises: () => import('../features/exercises/index.ts'),
  workspace: () => import('../features/workspace/index.ts'),
  settings: () => import('../features/settings/index.ts'),
  about: () => import('../features/about/index.ts'),
}
const HomeScreen = lazy(load.home)
const LibraryScreen = lazy(load.library)
const ReaderScreen = lazy(load.reader)
const ExercisesScreen = lazy(load.exercises)
const WorkspaceScreen = lazy(load.workspace)
const SettingsScreen = lazy(load.settings)
const AboutScreen = lazy(load.about)

/** Time for the first screen to be read and settled before the others are fetched, ms. */
const fetchOthersAfterMs = 2_000

/**
 * Fetches the other screens when there is nothing else to do: opening one is then instant, and still works should the
 * core, which serves the files, go away.
 */
function useOtherScreens(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // A failure shows when the screen is opened, with what to do about it.
      for (const fetchScreen of Object.values(load)) void fetchScreen().catch(() => undefined)
    }, fetchOthersAfterMs)
    return () => clearTimeout(timer)
  }, [])
}

/** The screen of the address. */
export function Screens() {
  const [location] = useLocation()
  useOtherScreens()
  return (
    <ErrorBoundary region="This screen" resetKey={location}>
      <Suspense
        fallback={
          <div className={styles.waiting}>
            <Skeleton lines={5} />
          </div>
        }
      >
        <Switch>
          <Route path="/"><HomeScreen /></Route>
          <Route path="/chapters"><LibraryScreen /></Route>
          <Route path="/chapters/:id">{({ id }) => <ReaderScreen chapterId={id} sectionId={null} />}</Route>
          <Route path="/chapters/:id/:section">{({ id, section }) => <ReaderScreen chapterId={id} sectionId={section} />}</Route>
          <Route path="/exercises"><ExercisesScreen /></Route>
          <Route path="/exercises/:id">{({ id }) => <WorkspaceScreen exerciseId={id} />}</Route>
          <Route path="/settings"><SettingsScreen /></Route>
          <Route path="/about"><AboutScreen /></Route>
          <Route>
            <div className={styles.waiting}>
              <h1 className="visually-hidden">Not found</h1>
              <EmptyState title="There is no such page" action={<a href={`#${routes.home}`}>Go to Home</a>}>
                The address {location} is not a place in this version.
              </EmptyState>
            </div>
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  )
}
