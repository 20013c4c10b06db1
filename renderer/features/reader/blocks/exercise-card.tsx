import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLibrary, useProgress } from '../../../app/data.ts'
import { Status } from '../../../ui/index.ts'
import { difficultyWords, exerciseState, kindNames } from './exercise-state.ts'
import styles from './exercise-card.module.css'

/** The way from the text to an exercise: what it is, what it takes, and how it stands. */
export function ExerciseCard({ id }: { id: string }): ReactNode {
  const library = useLibrary()
  const progress = useProgress()
  const exercise = library.exercises.find((candidate) => candidate.id === id)
  if (exercise === undefined) {
    return <p className={styles.missing}>The exercise “{id}” is not in this course. The rest of the chapter is not affected.</p>
  }
  const state = exerciseState(progress.exercises[id], exercise.version)
  return (
    <Link href={`/exercises/${id}`} className={styles.card}>
      <span className={styles.kind}>Exercise</span>
      <span className={styles.title}>{exercise.title}</span>
      <span className={styles.summary}>{exercise.summary}</span>
      <span className={styles.facts}>
        <span>{kindNames[exercise.kind] ?? exercise.kind}</span>
        <span>{exercise.minutes} min</span>
        <span>{difficultyWords[exercise.difficulty]}</span>
        <Status state={state.status}>{state.words}</Status>
      </span>
    </Link>
  )
}
