import { useCallback, useEffect, useState } from 'react'
import type { CSSProperties, MouseEvent } from 'react'
import { useLocation } from 'wouter'
import { Resizer, classNames } from '../ui/index.ts'
import { useAppState, useSettings, useStore } from './data.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { useGlobalCommands } from './global-commands.tsx'
import { KeySheet, Palette, Welcome, useOtherParts } from './lazy-parts.tsx'
import { MessageBars } from './message-bars.tsx'
import { Rail } from './rail.tsx'
import { focusRegion } from './region-focus.ts'
import { useRegions } from './regions.tsx'
import { routes } from './routes.ts'
import { Screens } from './screens.tsx'
import { SidebarNavigation } from './sidebar-navigation.tsx'
import { StatusBar } from './status-bar.tsx'
import { Arrival } from './arrival.tsx'
import { useBottomPanel } from './bottom-panel.ts'
import { useToast } from './toast.tsx'
import { inspectorDrawerBelow, sidebarDrawerBelow, useNarrowerThan } from './viewport.ts'
import styles from './shell.module.css'

/** Rail, sidebar, main, inspector, bottom panel and status bar. */
export function Shell() {
  const { settings, change } = useSettings()
  const { filled, attachSlot } = useRegions()
  const { sidebar: attachSidebar, inspector: attachInspector, bottom: attachBottom, status: attachStatus } = attachSlot
  const [layer, setLayer] = useState<'none' | 'palette' | 'keys'>('none')
  const [drawer, setDrawer] = useState<'none' | 'sidebar' | 'inspector'>('none')
  const bottom = useBottomPanel()
  const narrow = useNarrowerThan(sidebarDrawerBelow)
  const inspectorIsDrawer = useNarrowerThan(inspectorDrawerBelow)
  const [location] = useLocation()
  // In the workspace the brief takes the sidebar's place, and an incident needs the width: the places come over it when asked for.
  const isWorkplace = location.startsWith(`${routes.exercises}/`) || (location.startsWith(`${routes.incidents}/`) && location.endsWith('/shift'))
  const sidebarIsDrawer = narrow || (filled.sidebar === 0 && isWorkplace)
  const firstProfile = useAppState((state) => state.profiles.profiles.length <= 1)
  // Whoever adds a second profile has met the app already, also when it is the only one that is left.
  useEffect(() => {
    if (!settings.greeted && !firstProfile) change({ greeted: true })
  }, [settings.greeted, firstProfile, change])
  useProblemToasts()
  useOtherParts()

  const sidebarOpen = sidebarIsDrawer ? drawer === 'sidebar' : settings.sidebar
  const inspectorOpen = filled.inspector > 0 && (inspectorIsDrawer ? drawer === 'inspector' : settings.inspector)
  const bottomOpen = filled.bottom > 0 && bottom.open
  const closeLayer = useCallback((open: boolean) => setLayer((last) => (open ? last : 'none')), [])

  useGlobalCommands({
    openPalette: () => setLayer('palette'),
    showKeys: () => setLayer('keys'),
    toggleSidebar: () => (sidebarIsDrawer ? setDrawer((last) => (last === 'sidebar' ? 'none' : 'sidebar')) : change({ sidebar: !settings.sidebar })),
    toggleInspector: () => (inspectorIsDrawer ? setDrawer((last) => (last === 'inspector' ? 'none' : 'inspector')) : change({ inspector: !settings.inspector })),
    toggleBottom: bottom.toggle,
    nextRegion: focusRegion,
    hasInspector: filled.inspector > 0,
    hasBottom: filled.bottom > 0,
  })

  // A drawer covers what it opened over: going elsewhere or Escape puts it away.
  const [drawerLocation, setDrawerLocation] = useState(location)
  if (drawerLocation !== location) {
    setDrawerLocation(location)
    if (drawer !== 'none') setDrawer('none')
  }
  useEffect(() => {
    if (drawer === 'none') return
    const before = document.activeElement
    const opened = document.querySelector<HTMLElement>(`[data-region="${drawer}"]`)
    opened?.focus()
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) setDrawer('none')
    }
    window.addEventListener('keydown', close)
    return () => {
      window.removeEventListener('keydown', close)
      const lost = document.activeElement === document.body || opened?.contains(document.activeElement) === true
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [drawer])

  const sizes: CSSProperties & Record<`--${string}`, string> = {
    '--sidebar-width': `${String(settings.sidebarWidth)}px`,
    '--inspector-width': `${String(settings.inspectorWidth)}px`,
    '--bottom-height': `${String(bottom.height)}px`,
  }
  return (
    <div className={styles.window} style={sizes}>
      <a className={styles.skip} href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <MessageBars />
      <div className={styles.body}>
        <Rail onPalette={() => setLayer('palette')} onKeys={() => setLayer('keys')} />
        <aside className={classNames(styles.sidebar, sidebarIsDrawer && styles.drawer)} aria-label="Sidebar" data-region="sidebar" tabIndex={-1} hidden={!sidebarOpen}>
          <div className={styles.scroll}>
            <ErrorBoundary region="The sidebar" resetKey={location}>
              {filled.sidebar === 0 && <SidebarNavigation />}
            </ErrorBoundary>
            <div className={styles.slot} ref={attachSidebar} hidden={filled.sidebar === 0} />
          </div>
          <Resizer label="Width of the sidebar" edge="right" value={settings.sidebarWidth} min={200} max={320} onChange={(sidebarWidth) => change({ sidebarWidth })} />
        </aside>
        <div className={styles.center}>
          {/* data-route: the place that is drawn, which follows the address by a moment. */}
          <main id="main" className={styles.main} data-region="main" data-route={location} tabIndex={-1}>
            <Arrival />
            <Screens />
          </main>
          <section className={styles.bottom} aria-label="Bottom panel" data-region="bottom" tabIndex={-1} hidden={!bottomOpen}>
            <Resizer label="Height of the bottom panel" edge="top" value={bottom.height} min={120} max={480} onChange={bottom.resize} />
            <div className={styles.scroll}>
              <div className={styles.slot} ref={attachBottom} />
            </div>
          </section>
        </div>
        <aside className={classNames(styles.inspector, inspectorIsDrawer && styles.drawer)} aria-label="Inspector" data-region="inspector" tabIndex={-1} hidden={!inspectorOpen}>
          <Resizer label="Width of the inspector" edge="left" value={settings.inspectorWidth} min={280} max={440} onChange={(inspectorWidth) => change({ inspectorWidth })} />
          <div className={styles.scroll}>
            <div className={styles.slot} ref={attachInspector} />
          </div>
        </aside>
        {drawer !== 'none' && (drawer === 'sidebar' ? sidebarOpen : inspectorOpen) && (
          <div className={styles.scrim} aria-hidden="true" onClick={() => setDrawer('none')} />
        )}
      </div>
      <StatusBar attachSlot={attachStatus} />
      <ErrorBoundary region="The dialog" resetKey={layer}>
        {layer === 'palette' && <Palette onOpenChange={closeLayer} />}
        {layer === 'keys' && <KeySheet onOpenChange={closeLayer} />}
        {!settings.greeted && firstProfile && <Welcome />}
      </ErrorBoundary>
    </div>
  )
}

function skipToMain(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** A refusal that no screen waits for still has to be heard. */
function useProblemToasts(): void {
  const store = useStore()
  const toast = useToast()
  const connection = useAppState((state) => state.connection)
  useEffect(
    () =>
      store.onProblem((error) => {
        if (connection === 'open') toast(error.message)
      }),
    [store, toast, connection],
  )
}
