import { useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../main/api/index.ts'
import { useSettings } from './data.ts'
import { readingLook } from './reading-look.ts'

const darkQuery = '(prefers-color-scheme: dark)'

/** The theme in force: the learner's choice, or the system's. */
export function resolveTheme(choice: Settings['theme']): 'light' | 'dark' {
  if (choice !== 'system') return choice
  return window.matchMedia(darkQuery).matches ? 'dark' : 'light'
}

/** Puts a theme on the page. */
export function applyTheme(choice: Settings['theme']): void {
  document.documentElement.dataset['theme'] = resolveTheme(choice)
}

function watchSystem(listener: () => void): () => void {
  const query = window.matchMedia(darkQuery)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** `light` or `dark`, following the settings and the system: for what draws outside CSS (diagrams, the editor). */
export function useTheme(): 'light' | 'dark' {
  const { settings } = useSettings()
  return useSyncExternalStore(watchSystem, () => resolveTheme(settings.theme))
}

/** Keeps theme, motion and the look of reading text as the settings say. */
export function useAppearance(): void {
  const { settings } = useSettings()
  const theme = useTheme()
  const { motion, readingSize, readingWidth, readingSpacing, readingFont } = settings
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    document.documentElement.dataset['motion'] = motion
  }, [motion])
  useEffect(() => {
    const { style } = document.documentElement
    for (const [name, value] of Object.entries(readingLook({ readingSize, readingWidth, readingSpacing, readingFont }))) style.setProperty(name, value)
    // Without it the text stays in the usual typeface, which is no reason to trouble the reader.
    if (readingFont === 'distinct') import('../theme/distinct-font.css').catch(() => undefined)
  }, [readingSize, readingWidth, readingSpacing, readingFont])
}
