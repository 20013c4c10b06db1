import { useLibrary, useProgress } from '../../../../app/data.ts'
import { routes } from '../../../../app/routes.ts'
import { exerciseState } from '../../../reader/blocks/exercise-state.ts'
import { useDebriefed } from '../debrief-context.ts'
import styles from '../debrief.module.css'
import { readingOf } from './reading.ts'

/** Chapters that this incident touched, and exercises that train the same skills. */
export function ReadingList() {
  const { bundle, debrief } = useDebriefed()
  const library = useLibrary()
  const progress = useProgress()
  const { chapters, exercises } = readingOf({ library, progress, summary: bundle.summary, reading: debrief.truth.reading })
  return (
    <ul className={styles.items}>
      {chapters.map(({ id, number, title, question, state }) => (
        <li key={id}>
          {state === 'ready' ? <a href={`#${routes.chapter(id)}`}>{`Chapter ${String(number)}: ${title}`}</a> : `Chapter ${String(number)}: ${title} (not written yet)`}
          <span className={styles.quiet}>{question}</span>
        </li>
      ))}
      {exercises.map((exercise) => (
        <li key={exercise.id}>
          <a href={`#${routes.exercise(exercise.id)}`}>{exercise.title}</a>
          <span className={styles.quiet}>
            {exercise.minutes} min, {exerciseState(progress.exercises[exercise.id], exercise.version).words}
          </span>
        </li>
      ))}
    </ul>
  )
}
