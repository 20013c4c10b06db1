import { useContext, useId, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { LayoutMemoryContext } from './layout-memory.ts'
import styles from './split-pane.module.css'

export interface SplitPaneProps {
  /** `horizontal`: side by side. `vertical`: one above the other. */
  direction: 'horizontal' | 'vertical'
  /** Name under which the share is remembered. */
  storageKey: string
  /** Share of the first pane, 0..1. */
  initial: number
  /** The least size of either pane, px. */
  min: number
  /** Read aloud for the separator. */
  label?: string
  children: [ReactNode, ReactNode]
}

const step = 0.02

/** Two panes and a separator that is dragged or moved with the arrow keys; Home, End and double click also work. */
export function SplitPane({ direction, storageKey, initial, min, label = 'Resize the panes', children }: SplitPaneProps) {
  const memory = useContext(LayoutMemoryContext)
  const [share, setShare] = useState(() => memory.read(storageKey) ?? initial)
  const container = useRef<HTMLDivElement>(null)
  const firstId = useId()
  const horizontal = direction === 'horizontal'

  function limits(): { low: number; high: number; size: number; start: number } {
    const box = container.current?.getBoundingClientRect()
    const size = (horizontal ? box?.width : box?.height) ?? 0
    const low = size > 0 ? Math.min(0.5, min / size) : 0
    return { low, high: 1 - low, size, start: (horizontal ? box?.left : box?.top) ?? 0 }
  }
  function move(next: number): void {
    const { low, high } = limits()
    const kept = Math.min(high, Math.max(low, next))
    setShare(kept)
    memory.write(storageKey, kept)
  }
  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { size, start } = limits()
    if (size > 0) move(((horizontal ? event.clientX : event.clientY) - start) / size)
  }
  function press(event: KeyboardEvent<HTMLDivElement>): void {
    const { low, high } = limits()
    const next: Record<string, number> = {
      [horizontal ? 'ArrowLeft' : 'ArrowUp']: share - step,
      [horizontal ? 'ArrowRight' : 'ArrowDown']: share + step,
      Home: low,
      End: high,
    }
    const target = next[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    move(target)
  }

  const least = `${String(min)}px`
  const share1 = `clamp(${least}, ${(share * 100).toFixed(2)}%, calc(100% - ${least}))`
  return (
    <div ref={container} className={classNames(styles.split, horizontal ? styles.horizontal : styles.vertical)} style={{ [horizontal ? 'gridTemplateColumns' : 'gridTemplateRows']: `${share1} auto minmax(0, 1fr)` }}>
      <div id={firstId} className={styles.pane}>
        {children[0]}
      </div>
      {/* A focusable separator is a widget in ARIA (window splitter). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */}
      <div role="separator" tabIndex={0}
        aria-label={label}
        aria-controls={firstId}
        aria-orientation={horizontal ? 'vertical' : 'horizontal'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className={styles.separator}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
        onDoubleClick={() => move(initial)}
      />
      <div className={styles.pane}>{children[1]}</div>
    </div>
  )
}
