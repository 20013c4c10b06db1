import { useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../main/api/index.ts'
import { useSettings } from './data.ts'

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

/** Line height of a reading size, px: about 1.65, on the 4 px grid. */
export function readingLine(sizePx: number): number {
  return Math.round((sizePx * 1.65) / 4) * 4
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

/** Keeps theme, motion and reading size of the page as the settings say. */
export function useAppearance(): void {
  const { settings } = useSettings()
  const theme = useTheme()
  const { motion, readingSize } = settings
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    document.documentElement.dataset['motion'] = motion
  }, [motion])
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--size-read', `${String(readingSize)}px`)
    style.setProperty('--line-read', `${String(readingLine(readingSize))}px`)
  }, [readingSize])
}
