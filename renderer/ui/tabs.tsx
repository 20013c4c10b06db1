import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './tabs.module.css'

export interface TabItem {
  id: string
  label: ReactNode
  content: ReactNode
}

/** Panels of which one shows. Arrow keys move between the tabs. */
export function Tabs({ items, value, onChange, label, actions, fill = false }: { items: TabItem[]; value?: string; onChange?(id: string): void; label?: string; actions?: ReactNode; /** Takes the height that is there. */ fill?: boolean }) {
  const first = items[0]?.id ?? ''
  return (
    <Primitive.Root
      className={fill ? styles.fill : styles.root}
      {...(value === undefined ? { defaultValue: first } : { value })}
      {...(onChange ? { onValueChange: onChange } : {})}
    >
      <div className={styles.bar}>
        <Primitive.List className={styles.list} aria-label={label}>
          {items.map((item) => (
            <Primitive.Trigger key={item.id} className={styles.tab} value={item.id}>
              {item.label}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {actions}
      </div>
      {items.map((item) => (
        <Primitive.Content key={item.id} className={styles.panel} value={item.id}>
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
