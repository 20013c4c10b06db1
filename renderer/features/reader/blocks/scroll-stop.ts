/** A box that scrolls must be reachable by keyboard; one that fits must not add a stop on the way. */
import { useEffect, useState, type RefObject } from 'react'

interface ScrollStop {
  tabIndex?: 0
  role?: 'group'
  'aria-label'?: string
}

/** Attributes for a scrolling box: a tab stop with a name while its content is wider than it is, else none. */
export function useScrollStop(ref: RefObject<HTMLElement | null>, label: string): ScrollStop {
  const [overflows, setOverflows] = useState(false)
  useEffect(() => {
    const box = ref.current
    if (box === null || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setOverflows(box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1))
    observer.observe(box)
    return () => observer.disconnect()
  }, [ref])
  return overflows ? { tabIndex: 0, role: 'group', 'aria-label': label } : {}
}
