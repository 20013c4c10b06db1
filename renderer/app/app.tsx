import { useCallback, useEffect, useState } from 'react'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import type { ApiClient, ApiError } from '../../main/api/index.ts'
import { Button, ErrorState, Skeleton, TooltipProvider } from '../ui/index.ts'
import { useAppearance } from './appearance.ts'
import { CommandsProvider } from './commands.tsx'
import { StoreContext } from './data.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { LayoutMemoryProvider } from './layout-memory-provider.tsx'
import { LiveRegion } from './live-region.tsx'
import { RegionsProvider } from './regions.tsx'
import { reportText } from './report.ts'
import { Shell } from './shell.tsx'
import { openStore } from './store.ts'
import type { AppStore } from './store.ts'
import { ToastProvider } from './toast.tsx'
import styles from './app.module.css'

type Opening = { state: 'loading' } | { state: 'failed'; error: ApiError } | { state: 'ready'; store: AppStore }

/** The window: opens the store, then draws the shell around the screens. */
export function App({ api }: { api: ApiClient }) {
  const [opening, setOpening] = useState<Opening>({ state: 'loading' })

  const open = useCallback(async () => {
    const result = await openStore(api)
    setOpening(result.ok ? { state: 'ready', store: result.store } : { state: 'failed', error: result.error })
  }, [api])

  useEffect(() => {
    // The core may answer before or after the first frame; either way the state is set from its answer.
    void Promise.resolve().then(open)
  }, [open])

  useEffect(() => {
    if (opening.state !== 'failed') return
    return api.onState((state) => {
      if (state === 'open') void open()
    })
  }, [api, open, opening.state])

  if (opening.state === 'ready') return <Opened store={opening.store} />
  return (
    <main className={styles.start}>
      {opening.state === 'loading' ? (
        <Skeleton lines={4} label="Firedrill is starting" />
      ) : (
        <ErrorState
          title="Firedrill could not start"
          message={opening.error.message}
          details={reportText(null, `${opening.error.code}: ${opening.error.message}\n${opening.error.details ?? ''}`)}
          action={
            <Button variant="main" onClick={() => void open()}>
              Try again
            </Button>
          }
        />
      )}
    </main>
  )
}

function Opened({ store }: { store: AppStore }) {
  return (
    <StoreContext value={store}>
      <ErrorBoundary region="The window">
        <TooltipProvider>
          <Router hook={useHashLocation}>
            <CommandsProvider>
              <RegionsProvider>
                <ToastProvider>
                  <Appearance />
                  {/* Draws the shell anew for another profile; what is said of the change stays on screen. */}
                  <LayoutMemoryProvider>
                    <Shell />
                  </LayoutMemoryProvider>
                  <LiveRegion />
                </ToastProvider>
              </RegionsProvider>
            </CommandsProvider>
          </Router>
        </TooltipProvider>
      </ErrorBoundary>
    </StoreContext>
  )
}

function Appearance() {
  useAppearance()
  return null
}
