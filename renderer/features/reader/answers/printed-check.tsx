import type { ReactNode } from 'react'
import type { Check } from '../../../../exercises/content/model.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { Inlines } from '../blocks/inline.tsx'
import { shuffleItems } from '../checks/check-logic.ts'
import { instructions } from '../checks/instructions.ts'
import styles from './answers.module.css'

/** A check to be worked with a pen: unmarked, whatever has been answered on screen. */
export function PrintedCheck({ check, number }: { check: Check; number: number | undefined }): ReactNode {
  return (
    <section className={styles.check}>
      <p className={styles.kind}>
        Check {number} <span className={styles.quiet}>{instructions[check.type]}</span>
      </p>
      <Blocks of={check.prompt} />
      <Room check={check} />
    </section>
  )
}

/** What there is to choose from, or where to write. */
function Room({ check }: { check: Check }): ReactNode {
  switch (check.type) {
    case 'choice':
    case 'multiple':
      return (
        <ol className={styles.letters}>
          {check.options.map((option) => (
            <li key={option.id}>
              <Inlines of={option.label} />
            </li>
          ))}
        </ol>
      )
    case 'number':
      return (
        <p>
          <span className={styles.blank} /> {check.unit}
        </p>
      )
    case 'order': {
      const shuffled = shuffleItems(
        check.items.map(({ id }) => id),
        check.id,
      )
      return (
        <ul className={styles.boxes}>
          {shuffled.map((id) => (
            <li key={id}>
              <Inlines of={check.items.find((item) => item.id === id)?.label ?? []} />
            </li>
          ))}
        </ul>
      )
    }
  }
}
