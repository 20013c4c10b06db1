import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Chapter } from '../../../exercises/content/model.ts'
import { exercisesOfChapter } from '../../app/chapter-exercises.ts'
import { useLibrary, useProgress } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { Button } from '../../ui/index.ts'
import { useLearning } from './learning.tsx'
import type { PrintedPart } from './printing.ts'
import { mapSection } from './place/chapter-map.ts'
import styles from './reader.module.css'

/** What is left of the chapter, and the way on. */
export function ChapterEnd({ chapter, print }: { chapter: Chapter; print: { verb: string; hasSheet: boolean; run(part: PrintedPart): void } }): ReactNode {
  const library = useLibrary()
  const progress = useProgress()
  const learning = useLearning()
  const next = library.chapters.find((candidate) => candidate.number === chapter.number + 1)
  const open = exercisesOfChapter(library, chapter.id).filter((exercise) => progress.exercises[exercise.id]?.passed !== true)
  const sections = chapter.sections.map((section) => ({ section, checks: mapSection(section).checks }))
  const missing = sections.flatMap(({ section, checks }) =>
    checks.filter((check) => learning?.answers[check.id]?.correct !== true).map((check) => ({ section, check })),
  )
  const [firstMissing] = missing
  return (
    <footer className={styles.end}>
      <h2>End of {chapter.id.startsWith('apx-') ? 'the appendix' : `chapter ${String(chapter.number)}`}</h2>
      {firstMissing === undefined ? null : (
        <p>
          {missing.length === 1 ? 'One check is' : `${missing.length} checks are`} not answered right yet. The first is in{' '}
          <Link href={routes.chapter(chapter.id, firstMissing.check.id)}>{firstMissing.section.title}</Link>.
        </p>
      )}
      {open.length === 0 ? null : (
        <>
          <p>{open.length === 1 ? 'One exercise is left:' : `${open.length} exercises are left:`}</p>
          <ul className={styles.endList}>
            {open.map((exercise) => (
              <li key={exercise.id}>
                <Link href={routes.exercise(exercise.id)}>{exercise.title}</Link> <span className={styles.quiet}>{exercise.minutes} min</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {next === undefined ? (
        <p>
          This is the last chapter. <Link href={routes.chapters}>All chapters</Link>
        </p>
      ) : (
        <p>
          Next:{' '}
          <Link href={routes.chapter(next.id)}>
            Chapter {next.number}, {next.title}
          </Link>
          {next.state === 'ready' ? '' : ' (not written yet)'}
        </p>
      )}
      <p className={styles.endPrint}>
        {print.verb}:
        <Button size="compact" onClick={() => print.run('chapter')}>
          This chapter
        </Button>
        {print.hasSheet ? (
          <Button size="compact" onClick={() => print.run('sheet')}>
            Its cheat sheet
          </Button>
        ) : null}
      </p>
    </footer>
  )
}
