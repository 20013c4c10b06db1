import { useRef, useState, type ReactNode } from 'react'
import { useCommands } from '../../app/commands.tsx'
import { ReadingChoice } from '../../app/reading-choice.tsx'
import { Button, Popover } from '../../ui/index.ts'
import type { PopoverAnchor } from '../../ui/index.ts'
import styles from './reader.module.css'

const choices = [
  { of: 'size', label: 'Size' },
  { of: 'width', label: 'Line length' },
  { of: 'spacing', label: 'Line spacing' },
  { of: 'font', label: 'Typeface' },
] as const

/** Kept free between the menu and the edge of the text, px. */
const edgePx = 16

/** Beside its button while that is in view, else at the top of what is being read. */
function placeOfMenu(button: HTMLElement | null): DOMRect {
  const box = button?.getBoundingClientRect() ?? new DOMRect()
  const pane = button?.closest('main')
  if (!pane) return box
  const view = pane.getBoundingClientRect()
  const isInView = box.top >= view.top && box.bottom <= view.bottom
  return isInView ? box : new DOMRect(view.left + pane.clientWidth - edgePx, view.top + edgePx, 0, 0)
}

/** The look of the text, changed with the text in view. */
export function ReadingMenu(): ReactNode {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const anchor = useRef<PopoverAnchor>({ getBoundingClientRect: () => placeOfMenu(button.current) })
  /** What had the focus when the key was pressed, wherever in the chapter that was. */
  const from = useRef<HTMLElement | null>(null)
  const openHere = (): void => {
    from.current = document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : (button.current?.closest('article') ?? null)
    setOpen(true)
  }
  const returnFocus = (): void => {
    const target = from.current ?? button.current
    from.current = null
    target?.focus({ preventScroll: true })
  }
  useCommands([{ id: 'reader.look', title: 'Size, width, spacing and typeface of the text', section: 'This chapter', keys: 't', run: openHere }])
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Look of the text"
      anchor={anchor}
      onReturnFocus={returnFocus}
      trigger={
        <Button ref={button} variant="quiet" size="compact" keys="t">
          Look of the text
        </Button>
      }
    >
      <dl className={styles.look}>
        {choices.map(({ of, label }) => (
          <div key={of}>
            <dt>{label}</dt>
            <dd>
              <ReadingChoice of={of} />
            </dd>
          </div>
        ))}
      </dl>
    </Popover>
  )
}
