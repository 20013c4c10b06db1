import { useDeferredValue, useMemo } from 'react'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import { Button } from '../../../ui/index.ts'
import styles from './document.module.css'
import { outlineOf } from './outline.ts'

/** The template's sections: what is still empty, how much is there, and a jump to each. It grades nothing. */
export function OutlineList({ exercise, text, onGoTo, onStart, onAdd }: { exercise: DocumentExercise; text: string; /** To the heading of a section that is there. */ onGoTo(line: number): void; onStart(): void; onAdd(title: string): void }) {
  const calm = useDeferredValue(text)
  const entries = useMemo(() => outlineOf(exercise, calm), [exercise, calm])
  const filled = entries.filter(({ words }) => words > 0).length
  return (
    <nav className={styles.outline} aria-label="Sections of your text">
      <p className={styles.outlineHead}>
        {filled} of {entries.length} sections begun
      </p>
      <ul>
        {entries.map(({ title, line, words }) => (
          <li key={title} className={styles.outlineEntry}>
            <button type="button" className={styles.outlineJump} onClick={() => (line === null ? onAdd(title) : onGoTo(line))}>
              <span className={styles.outlineMark} data-begun={words > 0 ? '' : undefined} aria-hidden="true" />
              <span className={styles.outlineTitle}>{title}</span>
              <span className={styles.outlineWords}>{line === null ? 'add' : words === 0 ? 'empty' : `${String(words)} ${words === 1 ? 'word' : 'words'}`}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.outlineNote}>Counts words. Whether they are right, the check says.</p>
      <Button size="compact" variant="quiet" onClick={() => onStart()}>
        To the start
      </Button>
    </nav>
  )
}
