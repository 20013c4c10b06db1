import { DropdownMenu as Primitive } from 'radix-ui'
import { Fragment } from 'react'
import type { ReactElement } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import { classNames } from './class-names.ts'
import styles from './menu.module.css'

export interface MenuItem {
  id: string
  label: string
  run(): void
  keys?: string
  icon?: IconName
  danger?: boolean
  disabled?: boolean
  /** Set for a choice among several: draws the mark of the chosen one. */
  checked?: boolean
  /** A line above this item. */
  separated?: boolean
}

/** A list of actions that a button opens. `trigger` is the button. */
export function Menu({ trigger, items, label, align = 'start' }: { trigger: ReactElement; items: MenuItem[]; label: string; align?: 'start' | 'end' }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles.menu} aria-label={label} align={align} sideOffset={4} collisionPadding={8}>
          {items.map((item) => (
            <Fragment key={item.id}>
              {item.separated && <Primitive.Separator className={styles.separator} />}
              <Primitive.Item className={classNames(styles.item, item.danger && styles.danger)} disabled={item.disabled ?? false} onSelect={() => item.run()}>
                {item.icon && <Icon name={item.icon} />}
                <span className={styles.label}>{item.label}</span>
                {item.checked && (
                  <>
                    <Icon name="check" size={12} />
                    <span className="visually-hidden">(chosen)</span>
                  </>
                )}
                {item.keys && <Kbd keys={item.keys} />}
              </Primitive.Item>
            </Fragment>
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
