/** Whether the window is being printed: some blocks look another way on paper, and some stand only there. */
import { useSyncExternalStore } from 'react'

/** What of the chapter is printed. */
export type PrintedPart = 'chapter' | 'sheet'

let printed: PrintedPart | null = null
const listeners = new Set<() => void>()

function change(next: PrintedPart | null): void {
  if (next === printed) return
  printed = next
  for (const listener of listeners) listener()
}
// The app says on the page which part it prints; the browser's own menu prints the chapter.
const begin = (): void => change(document.documentElement.dataset['printed'] === 'sheet' ? 'sheet' : 'chapter')
const end = (): void => change(null)

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
    printed = null
  }
}

/** The part that is being printed; null while the text is on screen. */
export function usePrinting(): PrintedPart | null {
  return useSyncExternalStore(subscribe, () => printed)
}
