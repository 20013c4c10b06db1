import type { KeyboardEvent, PointerEvent } from 'react'
import { useRef } from 'react'
import { classNames } from './class-names.ts'
import styles from './split-pane.module.css'

export interface ResizerProps {
  label: string
  /** The edge of the pane that this moves: the pane is on the other side of it. */
  edge: 'left' | 'right' | 'top'
  /** Size of the pane, px. */
  value: number
  min: number
  max: number
  onChange(value: number): void
}

const stepPx = 16

/** The edge of a pane of fixed size: dragged, or moved with the arrow keys. */
export function Resizer({ label, edge, value, min, max, onChange }: ResizerProps) {
  const start = useRef({ at: 0, value: 0 })
  const vertical = edge === 'top'
  // Moving towards the pane's far side makes it larger for a right edge and smaller for the others.
  const sign = edge === 'right' ? 1 : -1

  function move(next: number): void {
    onChange(Math.round(Math.min(max, Math.max(min, next))))
  }
  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    move(start.current.value + sign * ((vertical ? event.clientY : event.clientX) - start.current.at))
  }
  function press(event: KeyboardEvent<HTMLDivElement>): void {
    const less = vertical ? 'ArrowUp' : 'ArrowLeft'
    const more = vertical ? 'ArrowDown' : 'ArrowRight'
    const next: Record<string, number> = { [less]: value - sign * stepPx, [more]: value + sign * stepPx, Home: min, End: max }
    const target = next[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    move(target)
  }

  return (
    // A focusable separator is a widget in ARIA (window splitter).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div role="separator" tabIndex={0}
      aria-label={label}
      aria-orientation={vertical ? 'horizontal' : 'vertical'}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      className={classNames(styles.separator, vertical ? styles.row : styles.column)}
      onPointerDown={(event) => {
        start.current = { at: vertical ? event.clientY : event.clientX, value }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onKeyDown={press}
    />
  )
}
