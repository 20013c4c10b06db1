/** Which sections have been read: those whose end was on screen for a second. */
import { useEffect, useRef, type RefObject } from 'react'

/** Long enough that scrolling past does not count. */
const seenMs = 1000

/** Calls `onRead` once for each section whose end mark (`data-section-end`) stays in view. `drawn` changes when marks may have. */
export function useReadSections(root: RefObject<HTMLElement | null>, drawn: unknown, onRead: (section: string) => void): void {
  const latest = useRef(onRead)
  useEffect(() => {
    latest.current = onRead
  })
  useEffect(() => {
    const text = root.current
    if (text === null) return
    const timers = new Map<Element, number>()
    const stop = (mark: Element): void => {
      window.clearTimeout(timers.get(mark))
      timers.delete(mark)
    }
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          stop(target)
          if (!isIntersecting || !(target instanceof HTMLElement)) continue
          const section = target.dataset['sectionEnd']
          if (section === undefined) continue
          timers.set(
            target,
            window.setTimeout(() => {
              if (document.visibilityState === 'visible') latest.current(section)
            }, seenMs),
          )
        }
      },
      { root: text.closest('main') },
    )
    for (const mark of text.querySelectorAll('[data-section-end]')) observer.observe(mark)
    return () => {
      observer.disconnect()
      for (const timer of timers.values()) window.clearTimeout(timer)
    }
  }, [root, drawn])
}
