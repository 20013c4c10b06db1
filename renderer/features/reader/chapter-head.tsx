import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Chapter } from '../../../exercises/content/model.ts'
import { exercisesOfChapter } from '../../app/chapter-exercises.ts'
import { useLibrary, useProgress } from '../../app/data.ts'
import { useUnmark } from '../../app/known-mark.ts'
import { routes } from '../../app/routes.ts'
import { Button, Menu, Status } from '../../ui/index.ts'
import { placeName } from './place-name.ts'
import { ProblemList } from './problem-list.tsx'
import type { PrintedPart } from './printing.ts'
import { ReadingMenu } from './reading-menu.tsx'
import styles from './reader.module.css'

/** The chapter's name, the question it answers, and what a reader will be able to do. */
export function ChapterHead({ chapter, print }: { chapter: Chapter; print: { verb: string; hasSheet: boolean; run(part: PrintedPart): void } }): ReactNode {
  const library = useLibrary()
  const exercises = exercisesOfChapter(library, chapter.id).length
  const errors = [...library.chapters, ...library.appendices].find((candidate) => candidate.id === chapter.id)?.problems.filter((problem) => problem.severity === 'error') ?? []
  const needs = chapter.needs.flatMap((id) => library.chapters.filter((candidate) => candidate.id === id))
  return (
    <header className={styles.head}>
      <p className={styles.headMeta}>
        {placeName(chapter)}
        <span>{chapter.minutes} min of reading</span>
        {exercises === 0 ? null : <span>{exercises === 1 ? '1 exercise' : `${exercises} exercises`}</span>}
        <span className={styles.headTools}>
          <Menu
            label="Print"
            align="end"
            trigger={
              <Button variant="quiet" size="compact" icon="chevron-down">
                Print
              </Button>
            }
            items={[
              { id: 'chapter', label: `${print.verb}: this chapter`, keys: 'Mod+p', run: () => print.run('chapter') },
              ...(print.hasSheet ? [{ id: 'sheet', label: `${print.verb}: its cheat sheet`, run: () => print.run('sheet') }] : []),
            ]}
          />
          <ReadingMenu />
        </span>
      </p>
      <h1>{chapter.title}</h1>
      <p className={styles.question}>{chapter.question}</p>
      <KnownNote chapter={chapter} />
      {errors.length === 0 ? null : (
        <details className={styles.partial}>
          <summary>
            <Status state="warn">{errors.length === 1 ? 'One part of this chapter has an error' : `${errors.length} parts of this chapter have errors`}</Status>
          </summary>
          <p>The rest can be read, and your progress is not affected.</p>
          <ProblemList problems={errors} />
        </details>
      )}
      {chapter.objectives.length === 0 ? null : (
        <>
          <p className={styles.objectivesHead}>After it you can</p>
          <ul className={styles.objectives}>
            {chapter.objectives.map((objective) => (
              <li key={objective}>{objective}</li>
            ))}
          </ul>
        </>
      )}
      {needs.length === 0 ? null : (
        <p className={styles.needs}>
          Worth reading first:{' '}
          {needs.map((need, index) => (
            <span key={need.id}>
              {index > 0 ? ', ' : ''}
              <Link href={routes.chapter(need.id)}>
                {need.number} {need.title}
              </Link>
              {need.state === 'ready' ? '' : ' (not written yet)'}
            </span>
          ))}
        </p>
      )}
    </header>
  )
}

/** That the placement test has found the chapter known, and the way to take that back. */
function KnownNote({ chapter }: { chapter: Chapter }): ReactNode {
  const isKnown = useProgress().known.includes(chapter.id)
  const unmark = useUnmark()
  if (!isKnown) return null
  return (
    <div className={styles.known}>
      <Status state="ok">Known from the placement test</Status>
      <Link href={routes.placement}>Its result</Link>
      <Button size="compact" variant="quiet" onClick={() => unmark(chapter)}>
        Unmark
      </Button>
    </div>
  )
}
