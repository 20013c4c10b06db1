import { useLayoutEffect, useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import { announce } from '../../../app/announce.ts'
import { IconButton } from '../../../ui/index.ts'
import { moveItem } from './check-logic.ts'
import styles from './order-list.module.css'

export interface OrderListItem {
  id: string
  label: ReactNode
  /** The label in plain words, for the names of the buttons. */
  name: string
}

/** Items to put in order: by dragging, by the buttons, or by Alt with an arrow key on a button. */
export function OrderList({
  items,
  order,
  onChange,
  answered = false,
  labelledBy,
  action,
}: {
  items: readonly OrderListItem[]
  order: readonly string[]
  onChange: (order: string[]) => void
  /** Nothing can be moved any more. */
  answered?: boolean
  labelledBy: string
  /** One more button of an item. */
  action?: (item: OrderListItem) => ReactNode
}): ReactNode {
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const refocus = useRef<{ id: string; direction: 'up' | 'down' } | null>(null)

  // Moving a list item in the page takes the focus from the button that moved it.
  useLayoutEffect(() => {
    const wanted = refocus.current
    refocus.current = null
    if (wanted === null) return
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-item="${CSS.escape(wanted.id)}"] button`) ?? [])]
    const same = buttons[wanted.direction === 'up' ? 0 : 1]
    const target = same?.disabled === true ? buttons.find((button) => !button.disabled) : same
    target?.focus({ preventScroll: true })
  }, [order])

  const move = (id: string, by: 1 | -1): void => {
    const from = order.indexOf(id)
    const to = from + by
    if (answered || to < 0 || to >= order.length) return
    refocus.current = { id, direction: by === 1 ? 'down' : 'up' }
    onChange(moveItem(order, from, to))
    announce(`Now ${to + 1} of ${order.length}`)
  }
  const pressKey = (event: KeyboardEvent, id: string): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    move(id, event.key === 'ArrowDown' ? 1 : -1)
  }
  const dragOver = (event: DragEvent, id: string): void => {
    if (dragged === null) return
    event.preventDefault()
    if (dragged !== id) onChange(moveItem(order, order.indexOf(dragged), order.indexOf(id)))
  }

  return (
    <ol ref={list} className={styles.order} aria-labelledby={labelledBy}>
      {order.map((id, index) => {
        const item = items.find((candidate) => candidate.id === id)
        if (item === undefined) return null
        const words = item.name
        return (
          // Dragging is for the pointer; the buttons inside do the same by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={id}
            data-item={id}
            data-dragged={dragged === id}
            className={styles.orderItem}
            draggable={!answered}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(id)
            }}
            onDragOver={(event) => dragOver(event, id)}
            onDragEnd={() => setDragged(null)}
          >
            <span className={styles.orderNumber}>{index + 1}</span>
            <span>{item.label}</span>
            {answered ? null : (
              <span className={styles.orderButtons}>
                <IconButton label={`Move up: ${words}`} icon="chevron-up" disabled={index === 0} onClick={() => move(id, -1)} onKeyDown={(event) => pressKey(event, id)} />
                <IconButton label={`Move down: ${words}`} icon="chevron-down" disabled={index === order.length - 1} onClick={() => move(id, 1)} onKeyDown={(event) => pressKey(event, id)} />
                {action?.(item)}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
