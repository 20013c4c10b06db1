import { Kbd } from '../ui/index.ts'
import { listedOrder } from './command-order.ts'
import type { Command } from './commands.tsx'
import styles from './key-table.module.css'

/** Commands that have keys, by section: that of the screen first. */
export function KeyTable({ commands }: { commands: readonly Command[] }) {
  const sections = new Map<string, Command[]>()
  for (const command of listedOrder(commands)) {
    if (command.keys === undefined || command.enabled === false) continue
    sections.set(command.section, [...(sections.get(command.section) ?? []), command])
  }
  return (
    <div className={styles.columns}>
      {[...sections].map(([section, list]) => (
        <section key={section} className={styles.section}>
          <h3 className={styles.heading}>{section}</h3>
          <ul>
            {list.map((command) => (
              <li key={command.id} className={styles.row}>
                <span>{command.title}</span>
                <Kbd keys={command.keys ?? ''} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
