import type { RefObject } from 'react'
import { Link } from 'wouter'
import type { ExerciseSummary } from '../../../exercises/content/model.ts'
import type { ExerciseProgress } from '../../../exercises/progress/snapshot.ts'
import { useProgress } from '../../app/data.ts'
import { go, routes } from '../../app/routes.ts'
import { Status } from '../../ui/index.ts'
import { difficultyWords, kindNames } from '../reader/blocks/exercise-state.ts'
import { exerciseState } from './exercise-filter.ts'
import styles from './exercises.module.css'

/** Exercises as rows; the whole row opens one. */
export function ExerciseTable({ exercises, skillTitles, listRef }: { exercises: readonly ExerciseSummary[]; skillTitles: ReadonlyMap<string, string>; listRef: RefObject<HTMLTableSectionElement | null> }) {
  const progress = useProgress()
  return (
    <div className={styles.list}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Exercise</th>
            <th scope="col" className={styles.word}>
              Kind
            </th>
            <th scope="col" className={styles.skillsHead}>
              Skills
            </th>
            <th scope="col" className={styles.word}>
              Difficulty
            </th>
            <th scope="col" className={styles.numeric}>
              Minutes
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody ref={listRef}>
          {exercises.map((exercise) => (
            // The link inside is what the keyboard and assistive technology use; the row only widens its target. A click on the link
            // has gone there already: a second time would take two steps back to return.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <tr key={exercise.id} onClick={(event) => event.defaultPrevented || go(routes.exercise(exercise.id))}>
              <th scope="row" className={styles.exercise}>
                <Link href={routes.exercise(exercise.id)} className={styles.title} data-row>
                  {exercise.title}
                </Link>
                <span className={styles.summary}>{exercise.summary}</span>
                <span className={styles.facts}>
                  {kindNames[exercise.kind] ?? exercise.kind}, {difficultyWords[exercise.difficulty]?.toLowerCase()}, {exercise.minutes} min
                </span>
              </th>
              <td className={styles.word}>{kindNames[exercise.kind] ?? exercise.kind}</td>
              <td className={styles.skills}>{exercise.skills.map((skill) => skillTitles.get(skill) ?? skill).join(', ')}</td>
              <td className={styles.word}>{difficultyWords[exercise.difficulty]}</td>
              <td className={styles.numeric}>{exercise.minutes}</td>
              <td className={styles.state}>
                <ExerciseStateLabel exercise={exercise} progress={progress.exercises[exercise.id]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ExerciseStateLabel({ exercise, progress }: { exercise: ExerciseSummary; progress: ExerciseProgress | undefined }) {
  const state = exerciseState(progress)
  if (state === 'new' || progress === undefined) return <Status state="unknown">Not tried</Status>
  const best = `${String(Math.round(progress.bestScore * 100))}%`
  if (state === 'tried') return <Status state="warn">Best {best}</Status>
  const changed = progress.passedVersion !== null && progress.passedVersion < exercise.version
  return <Status state="ok">{changed ? `Passed ${best}, changed since` : `Passed ${best}`}</Status>
}
