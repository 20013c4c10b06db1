import { Link } from 'wouter'
import type { ChapterSummary } from '../../../exercises/content/model.ts'
import { chapterState, chapterSteps } from '../../app/course-progress.ts'
import { ChapterStateLabel } from '../../app/chapter-state-label.tsx'
import { useLibrary, useProgress } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { PageSection, classNames } from '../../ui/index.ts'
import styles from './home.module.css'

/** The chapters in order, each with its state. */
export function CoursePath() {
  const { chapters } = useLibrary()
  const written = chapters.filter((chapter) => chapter.state !== 'planned').length
  return (
    <PageSection title="Chapters" note={`${String(written)} of ${String(chapters.length)} chapters ${written === 1 ? 'is' : 'are'} written`}>
      <ol className={styles.path}>
        {chapters.map((chapter) => (
          <PathRow key={chapter.id} chapter={chapter} />
        ))}
      </ol>
    </PageSection>
  )
}

function PathRow({ chapter }: { chapter: ChapterSummary }) {
  const progress = useProgress()
  const state = chapterState(chapter, progress)
  const steps = chapterSteps(chapter, progress)
  const content = (
    <>
      <span className={styles.number}>{chapter.number}</span>
      <span className={styles.pathTitle}>{chapter.title}</span>
      <ChapterStateLabel state={state} steps={steps} />
    </>
  )
  if (state === 'planned') return <li className={classNames(styles.pathRow, styles.planned)}>{content}</li>
  return (
    <li>
      <Link href={state === 'broken' ? routes.chapters : routes.chapter(chapter.id)} className={classNames(styles.pathRow, styles.pathLink)}>
        {content}
      </Link>
    </li>
  )
}
