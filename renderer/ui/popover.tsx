import { Popover as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import styles from './popover.module.css'

/** Controls that float beside the button which opens them and leave the page in view. `trigger` is the button. */
export function Popover({ trigger, label, open, onOpenChange, children }: { trigger: ReactElement; label: string; open: boolean; onOpenChange(open: boolean): void; children: ReactNode }) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.popover} aria-label={label} align="end" sideOffset={4} collisionPadding={8}>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
