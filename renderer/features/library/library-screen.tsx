import { useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { EmptyState, Page } from '../../ui/index.ts'
import { ChapterCard } from './chapter-card.tsx'
import { ProblemList } from './problem-list.tsx'
import styles from './library.module.css'

/** Every chapter with its sections, what is done of it and what is wrong with it. */
export function LibraryScreen() {
  usePageTitle('Chapters')
  const library = useLibrary()
  const list = useRowKeys({ section: 'Chapters', noun: 'row' })
  const written = library.chapters.filter((chapter) => chapter.state !== 'planned').length
  const all = library.chapters.length
  const summary = all === 0 ? undefined : written === all ? `${String(all)} chapters, each with its checks, exercises and incidents.` : `${String(written)} of ${String(all)} ${written === 1 ? 'is' : 'are'} written. The others keep their place in the order.`
  return (
    <Page title="Chapters" summary={summary}>
      {library.problems.length > 0 && (
        <div className={styles.problemsCard}>
          <h2 className={styles.problemsTitle}>Problems in exercises, data sets or the course file</h2>
          <p className={styles.quiet}>What they belong to is left out until they are put right. Everything else works.</p>
          <ProblemList problems={library.problems} />
        </div>
      )}
      {library.chapters.length === 0 ? (
        <EmptyState title="There are no chapters">The content folder lists none. In a copy of the source, check content/course.yaml; else install Firedrill again. Your progress is kept apart and is safe.</EmptyState>
      ) : (
        <ol className={styles.chapters} ref={list}>
          {library.chapters.map((chapter) => (
            <li key={chapter.id}>
              <ChapterCard chapter={chapter} />
            </li>
          ))}
        </ol>
      )}
    </Page>
  )
}
