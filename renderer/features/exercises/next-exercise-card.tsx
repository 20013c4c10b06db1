import type { NextExercise } from '../../../exercises/progress/next-exercise.ts'
import { nextExercise } from '../../../exercises/progress/next-exercise.ts'
import { useLibrary, useProgress } from '../../app/data.ts'
import { useCommands } from '../../app/commands.tsx'
import { go, routes } from '../../app/routes.ts'
import { Button, Card } from '../../ui/index.ts'
import { difficultyWords, kindNames } from '../reader/blocks/exercise-state.ts'
import styles from './exercises.module.css'

/** The exercise that teaches most now, and why this one. Nothing when all are passed. */
export function NextExerciseCard() {
  const library = useLibrary()
  const progress = useProgress()
  const next = nextExercise(library.exercises, progress)
  const open = (): void => {
    if (next !== null) go(routes.exercise(next.exercise.id))
  }
  useCommands([{ id: 'exercises.next', title: 'Open the exercise that suits you now', section: 'Exercises', keys: 'n', enabled: next !== null, run: open }])
  if (next === null) return null
  const { exercise } = next
  const title = (skill: string): string => library.skills.find(({ id }) => id === skill)?.title ?? skill
  return (
    <Card className={styles.next}>
      <div className={styles.nextWords}>
        <h2 className={styles.nextTitle}>{exercise.title}</h2>
        <p className={styles.nextWhy}>
          {reasonWords(next.because, title)} {kindNames[exercise.kind] ?? exercise.kind}, {(difficultyWords[exercise.difficulty] ?? '').toLowerCase()}, {exercise.minutes} minutes.
        </p>
      </div>
      <Button variant="main" keys="n" onClick={open}>
        Open
      </Button>
    </Card>
  )
}

function reasonWords(because: NextExercise['because'], title: (skill: string) => string): string {
  switch (because.reason) {
    case 'begun':
      return 'Next for you: you have begun it.'
    case 'chapter':
      return 'Next for you: it belongs to the chapter that you are in.'
    case 'weak-skill':
      return `Next for you: ${title(because.skill)} stands at ${String(Math.round(because.mastery * 100))}%.`
    case 'new-skill':
      return `Next for you: you have not shown ${title(because.skill)} yet.`
    case 'level':
      return 'Next for you: it is of your level.'
  }
}
