import { Status } from '../ui/index.ts'
import type { ChapterState, Steps } from './course-progress.ts'
import styles from './chapter-state-label.module.css'

/** The state of a chapter in words, with its shape. */
export function ChapterStateLabel({ state, steps }: { state: ChapterState; steps: Steps }) {
  if (state === 'planned') return <span className={styles.label}>Being written</span>
  return (
    <span className={styles.label}>
      {state === 'broken' && <Status state="crit">Cannot be shown</Status>}
      {state === 'new' && <Status state="unknown">Not started</Status>}
      {state === 'started' && (
        <Status state="unknown">
          {steps.done} of {steps.total} done
        </Status>
      )}
      {state === 'known' && <Status state="ok">Known from the placement test</Status>}
      {state === 'done' && <Status state="ok">Done</Status>}
    </span>
  )
}
