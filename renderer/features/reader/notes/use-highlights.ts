/** Draws kept passages over the text, without a change of its elements. */
import { useEffect, type RefObject } from 'react'
import type { Chapter } from '../../../../exercises/content/model.ts'
import type { Note } from '../../../../exercises/progress/snapshot.ts'
import { placeKept } from '../place/chapter-map.ts'
import { elementOf } from '../place/text-geometry.ts'
import { rangeOf } from './quote.ts'
import './highlights.css'

/** Sections are drawn and redrawn in bursts; once they are still, the passages are looked up again. */
const settleMs = 150

/** Where a note stands in the text now: in its block, else anywhere in its section; null when its words are gone. */
export function findNote(root: HTMLElement, chapter: Chapter, note: Note): Range | null {
  const section = chapter.sections.find(({ id }) => id === note.section)
  if (section === undefined) return null
  const own = elementOf(root, placeKept(section, { id: note.block, after: note.after }))
  const found = own === null ? null : rangeOf(own, note)
  if (found !== null) return found
  for (const block of root.querySelectorAll(`[data-section="${CSS.escape(note.section)}"] > [data-block]`)) {
    const range = rangeOf(block, { quote: note.quote, nth: 0 })
    if (range !== null) return range
  }
  return null
}

/** Keeps the highlights of `notes` as the text changes. Where the browser cannot draw them, the list of notes is all there is. */
export function useHighlights(root: RefObject<HTMLElement | null>, chapter: Chapter, notes: readonly Note[]): void {
  useEffect(() => {
    const text = root.current
    if (text === null || notes.length === 0 || !('highlights' in CSS)) return
    const draw = (): void => {
      const ranges = (wanted: (note: Note) => boolean): Range[] => notes.filter(wanted).flatMap((note) => findNote(text, chapter, note) ?? [])
      CSS.highlights.set('reader-mark', new Highlight(...ranges((note) => note.text === '')))
      CSS.highlights.set('reader-note', new Highlight(...ranges((note) => note.text !== '')))
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(draw, settleMs)
    })
    observer.observe(text, { childList: true, subtree: true, characterData: true })
    draw()
    return () => {
      observer.disconnect()
      clearTimeout(timer)
      CSS.highlights.delete('reader-mark')
      CSS.highlights.delete('reader-note')
    }
  }, [root, chapter, notes])
}
