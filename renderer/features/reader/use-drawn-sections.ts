/**
 * Which sections of a chapter are drawn. Those where it opens are, at once; the others follow one by one, nearest first,
 * in moments when the window has nothing else to do. A chapter drawn in one go would hold up what the reader sees first.
 */
import { startTransition, useEffect, useState } from 'react'
import { diagramsDrawn } from './diagrams/draw-diagram.ts'
import { usePrinting } from './printing.ts'

/** Sections drawn at once from where the chapter opens: more than a window holds. */
const sectionsAtOnce = 2
/** A window that is never idle gets its next section after this long. */
const nextWithinMs = 60
/** A diagram that is being drawn comes first, but a library that does not come must not keep the text away. */
const diagramFirstMs = 600

/** The section to draw next: the nearest to the one being read, below before above. Null when all are drawn. */
export function nextSection(drawn: ReadonlySet<number>, count: number, current: number): number | null {
  for (let distance = 0; distance < count; distance += 1) {
    for (const index of [current + distance, current - distance]) {
      if (index >= 0 && index < count && !drawn.has(index)) return index
    }
  }
  return null
}

/** The indexes of `count` sections that are drawn. `first` is where the chapter opens, `current` what is being read. */
export function useDrawnSections(count: number, first: number, current: number): { drawn: ReadonlySet<number>; all: boolean } {
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(() => new Set(Array.from({ length: sectionsAtOnce }, (_, index) => first + index)))
  const [wanted, setWanted] = useState(false)
  const isPrinting = usePrinting() !== null
  const next = nextSection(drawn, count, current)
  const everything = wanted || isPrinting

  useEffect(() => {
    if (next === null) return
    if (everything) {
      const now = setTimeout(() => setDrawn(new Set(Array.from({ length: count }, (_, index) => index))))
      return () => clearTimeout(now)
    }
    let idle = 0
    let isCurrent = true
    const draw = (): void => startTransition(() => setDrawn((last) => new Set([...last, next])))
    void Promise.race([diagramsDrawn(), new Promise((resolve) => setTimeout(resolve, diagramFirstMs))]).then(() => {
      if (isCurrent) idle = requestIdleCallback(draw, { timeout: nextWithinMs })
    })
    return () => {
      isCurrent = false
      cancelIdleCallback(idle)
    }
  }, [count, everything, next])

  // The browser's own search finds only what is on the page.
  useEffect(() => {
    if (next === null) return
    const search = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') setWanted(true)
    }
    window.addEventListener('keydown', search, { capture: true })
    return () => window.removeEventListener('keydown', search, { capture: true })
  }, [next])

  return { drawn, all: next === null }
}
