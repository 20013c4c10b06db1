import { Kbd } from '../ui/index.ts'
import type { Command } from './commands.tsx'
import styles from './key-table.module.css'

/** Commands that have keys, by section, the newest section first: that of the screen. */
export function KeyTable({ commands }: { commands: readonly Command[] }) {
  const sections = new Map<string, Command[]>()
  for (const command of commands.toReversed()) {
    if (command.keys === undefined || command.enabled === false) continue
    sections.set(command.section, [command, ...(sections.get(command.section) ?? [])])
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
