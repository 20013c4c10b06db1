import type { ButtonHTMLAttributes, Ref } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import { ariaKeys } from './keys.ts'
import { Tooltip } from './tooltip.tsx'
import styles from './button.module.css'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main`: the one filled action of a view. */
  variant?: 'main' | 'plain' | 'quiet' | 'danger'
  /** Heights 28, 24 and 36 px. */
  size?: 'normal' | 'compact' | 'main'
  /** Shown on the button; the command that they run is registered elsewhere. */
  keys?: string | undefined
  icon?: IconName
  ref?: Ref<HTMLButtonElement>
}

const variants = { main: styles.filled, plain: styles.plain, quiet: styles.quiet, danger: styles.danger }
const sizes = { normal: styles.normal, compact: styles.compact, main: styles.tall }

/** Words, with the keys that do the same. */
export function Button({ variant = 'plain', size = 'normal', keys, icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={classNames(styles.button, variants[variant], sizes[size], className)} aria-keyshortcuts={ariaKeys(keys)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && (
        <span className={styles.keys} aria-hidden="true">
          <Kbd keys={keys} />
        </span>
      )}
    </button>
  )
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'aria-label'> {
  /** What it does, verb first; the accessible name and the tooltip. */
  label: string
  icon: IconName
  keys?: string | undefined
  size?: 'normal' | 'compact'
  ref?: Ref<HTMLButtonElement>
}

/** A button of one mark, named by its tooltip. */
export function IconButton({ label, icon, keys, size = 'normal', className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button type={type} className={classNames(styles.button, styles.quiet, styles.icon, sizes[size], className)} aria-label={label} aria-keyshortcuts={ariaKeys(keys)} {...rest}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  )
}
