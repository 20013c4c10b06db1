/** Which sections have been read: those whose end was on screen for a second, and whose checks and investigations were tried. */
import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Chapter } from '../../../../exercises/content/model.ts'
import type { ChapterProgress } from '../../../../exercises/progress/snapshot.ts'
import { isTried } from '../section-state.ts'

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

/** Calls `onRead` once for each section of `chapter` that was seen to its end and tried, in whichever order. `drawn` as above. */
export function useTriedSections(root: RefObject<HTMLElement | null>, drawn: unknown, chapter: Chapter, progress: ChapterProgress, onRead: (section: string) => void): void {
  const [seen, setSeen] = useState<readonly string[]>([])
  const told = useRef(new Set<string>())
  useReadSections(root, drawn, (section) => setSeen((last) => (last.includes(section) ? last : [...last, section])))
  useEffect(() => {
    for (const id of seen) {
      const section = chapter.sections.find((candidate) => candidate.id === id)
      if (section === undefined || told.current.has(id) || progress.sectionsRead.includes(id) || !isTried(section, progress)) continue
      told.current.add(id)
      onRead(id)
    }
  }, [seen, chapter, progress, onRead])
}
