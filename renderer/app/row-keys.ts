import { useRef } from 'react'
import type { RefObject } from 'react'
import { useCommands } from './commands.tsx'

/**
 * `j` and `k` move the focus over the links of a list that carry `data-row`; Enter follows the link as links do.
 * Attach the returned ref to the list.
 */
export function useRowKeys<T extends HTMLElement = HTMLOListElement>({ section, noun }: { section: string; noun: string }): RefObject<T | null> {
  const list = useRef<T>(null)
  const move = (direction: 1 | -1): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const current = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement))
    const next = current === -1 ? (direction === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, current + direction))
    rows[next]?.focus()
    rows[next]?.scrollIntoView({ block: 'nearest' })
  }
  useCommands([
    { id: 'row.next', title: `Next ${noun}`, section, keys: 'j', hidden: true, run: () => move(1) },
    { id: 'row.previous', title: `Previous ${noun}`, section, keys: 'k', hidden: true, run: () => move(-1) },
  ])
  return list
}
