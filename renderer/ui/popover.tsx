import { Popover as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode, RefObject } from 'react'
import styles from './popover.module.css'

/** Where a popover stands. */
export interface PopoverAnchor {
  getBoundingClientRect(): DOMRect
}

interface PopoverProps {
  trigger: ReactElement
  label: string
  open: boolean
  onOpenChange(open: boolean): void
  /** In place of the button. */
  anchor?: RefObject<PopoverAnchor | null>
  /** Gives the focus back; without it the button takes it. */
  onReturnFocus?: (() => void) | undefined
  children: ReactNode
}

/** Controls that float beside the button which opens them and leave the page in view. `trigger` is the button. */
export function Popover({ trigger, label, open, onOpenChange, anchor, onReturnFocus, children }: PopoverProps) {
  const onCloseAutoFocus = (event: Event): void => {
    if (onReturnFocus === undefined) return
    event.preventDefault()
    onReturnFocus()
  }
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {anchor !== undefined && <Primitive.Anchor virtualRef={anchor} />}
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.popover} aria-label={label} align="end" sideOffset={4} collisionPadding={8} onCloseAutoFocus={onCloseAutoFocus}>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
