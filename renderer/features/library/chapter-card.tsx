import { Link } from 'wouter'
import type { ChapterSummary } from '../../../exercises/content/model.ts'
import { ChapterStateLabel } from '../../app/chapter-state-label.tsx'
import { chapterState, chapterSteps, share } from '../../app/course-progress.ts'
import { useProgress } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { ProgressBar, StatusMark } from '../../ui/index.ts'
import { ProblemList } from './problem-list.tsx'
import styles from './library.module.css'

/** One chapter: its question, its sections with what is read of them, or why it cannot be shown. */
export function ChapterCard({ chapter }: { chapter: ChapterSummary }) {
  const progress = useProgress()
  const state = chapterState(chapter, progress)
  const steps = chapterSteps(chapter, progress)
  const read = new Set(progress.chapters[chapter.id]?.sectionsRead ?? [])
  if (state === 'planned') {
    return (
      <div className={styles.plannedRow}>
        <span className={styles.number}>{chapter.number}</span>
        <span className={styles.plannedTitle}>{chapter.title}</span>
        <ChapterStateLabel state={state} steps={steps} />
      </div>
    )
  }
  return (
    <article className={styles.card}>
      <header className={styles.cardHeader}>
        <span className={styles.number}>{chapter.number}</span>
        <h2 className={styles.cardTitle}>
          {state === 'broken' ? (
            chapter.title
          ) : (
            <Link href={routes.chapter(chapter.id)} data-row>
              {chapter.title}
            </Link>
          )}
        </h2>
        <ChapterStateLabel state={state} steps={steps} />
      </header>
      {chapter.question !== '' && <p className={styles.question}>{chapter.question}</p>}
      {state === 'broken' ? (
        <div className={styles.broken}>
          <p>This chapter does not compile, so it is left out. Your progress in it is kept. If you write the content, put right what is listed and save: the chapter comes back at once.</p>
          <ProblemList problems={chapter.problems} />
        </div>
      ) : (
        <>
          <div className={styles.bar}>
            <ProgressBar value={share(steps)} label={`Steps done of ${chapter.title}`} />
          </div>
          <ol className={styles.sections}>
            {chapter.sections.map((section) => (
              <li key={section.id}>
                <Link href={routes.chapter(chapter.id, section.id)} className={styles.sectionLink} data-row>
                  <StatusMark state={read.has(section.id) ? 'ok' : 'unknown'} />
                  <span className={styles.sectionTitle}>{section.title}</span>
                  <span className="visually-hidden">{read.has(section.id) ? ', read' : ', not read'}</span>
                  <span className={styles.sectionCount}>{contents(section)}</span>
                </Link>
              </li>
            ))}
          </ol>
          {chapter.problems.length > 0 && <ProblemList problems={chapter.problems} />}
        </>
      )}
    </article>
  )
}

/** "2 checks, 1 exercise". */
export function contents(section: ChapterSummary['sections'][number]): string {
  const part = (count: number, one: string): string[] => (count === 0 ? [] : [count === 1 ? `1 ${one}` : `${String(count)} ${one}s`])
  return [...part(section.checks.length, 'check'), ...part(section.walkthroughs.length, 'walkthrough'), ...part(section.exercises.length, 'exercise')].join(', ')
}
