/** A box that scrolls must be reachable by keyboard; one that fits must not add a stop on the way. */
import { useEffect, useState, type RefObject } from 'react'

/** Whether code has more characters in a line than the text is wide, or more lines than an output shows. */
export function overflowsProbably(text: string): boolean {
  const lines = text.split('\n')
  return lines.length > 22 || lines.some((line) => line.length > 60)
}

interface ScrollStop {
  tabIndex?: 0
  role?: 'group'
  'aria-label'?: string
}

/**
 * Attributes for a scrolling box: a tab stop with a name while its content is larger than it is, else none. `likely`
 * holds until the box has been laid out, which far from the window it is not.
 */
export function useScrollStop(ref: RefObject<HTMLElement | null>, label: string, likely: boolean): ScrollStop {
  const [overflows, setOverflows] = useState(likely)
  useEffect(() => {
    const box = ref.current
    if (box === null || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setOverflows(box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
    observer.observe(box)
    // A box far from the window is not observed: when the window gets another width, what was measured there is old.
    let widthPx = window.innerWidth
    const resized = (): void => {
      if (window.innerWidth !== widthPx && !box.checkVisibility({ contentVisibilityAuto: true })) setOverflows(likely)
      widthPx = window.innerWidth
    }
    window.addEventListener('resize', resized)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', resized)
    }
  }, [ref, likely])
  return overflows ? { tabIndex: 0, role: 'group', 'aria-label': label } : {}
}
