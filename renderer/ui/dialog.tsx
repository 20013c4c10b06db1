import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { keysAsText } from './keys.ts'
import { useCountedDialog } from './open-dialogs.ts'
import styles from './dialog.module.css'

export interface DialogProps {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  /** 440 or 720 px. */
  width?: 'normal' | 'wide'
}

/** A question or a sheet above the screen. Escape closes it; the focus goes back where it came from. */
export function Dialog({ open, onOpenChange, title, description, children, footer, width = 'normal' }: DialogProps) {
  useCountedDialog(open)
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.scrim} />
        <Primitive.Content className={classNames(styles.dialog, width === 'wide' && styles.wide)} {...(description ? {} : { 'aria-describedby': undefined })}>
          <Primitive.Title className={styles.title}>{title}</Primitive.Title>
          <div className={styles.body}>
            {description && (
              <Primitive.Description asChild>
                <div className={styles.description}>{description}</div>
              </Primitive.Description>
            )}
            {children}
          </div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
          {/* Last, so that opening gives the focus to what the dialog is about. Without a tooltip, which would take the first Escape. */}
          <Primitive.Close className={styles.close} aria-label="Close" title={`Close (${keysAsText('Escape')})`}>
            <Icon name="close" />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
