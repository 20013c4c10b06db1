/** The reader's five states: loading, broken, planned, not found, and the chapter itself. */
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ChapterSummary } from '../../../exercises/content/model.ts'
import { useCall, useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { Button, EmptyState, ErrorState, Skeleton } from '../../ui/index.ts'
import { ChapterView } from './chapter-view.tsx'
import { warmDiagrams } from './diagrams/warm-diagrams.ts'
import { placeName } from './place-name.ts'
import { ProblemList } from './problem-list.tsx'
import styles from './reader.module.css'

function NotFound({ chapterId }: { chapterId: string }): ReactNode {
  usePageTitle('Chapter not found')
  return (
    <div className={styles.state}>
      <h1>Chapter not found</h1>
      <EmptyState title={`There is no chapter “${chapterId}”`} action={<Link href={routes.chapters}>See all chapters</Link>}>
        It may have been renamed, or the address was typed wrong. Your progress is safe.
      </EmptyState>
    </div>
  )
}

function Planned({ summary }: { summary: ChapterSummary }): ReactNode {
  usePageTitle(summary.title)
  return (
    <div className={styles.state}>
      <p className={styles.headMeta}>{placeName(summary)}</p>
      <h1>{summary.title}</h1>
      <p className={styles.question}>{summary.question}</p>
      <EmptyState title="This chapter is not written yet" action={<Link href={routes.chapters}>See all chapters</Link>}>
        It has its place in the course, and it appears here when its text does.
      </EmptyState>
    </div>
  )
}

function Broken({ summary }: { summary: ChapterSummary }): ReactNode {
  usePageTitle(summary.title)
  return (
    <div className={styles.state}>
      <p className={styles.headMeta}>{placeName(summary)}</p>
      <h1>{summary.title}</h1>
      <p>The text of this chapter has errors, so it cannot be shown. The other chapters and your progress are not affected. It shows again as soon as the file is right.</p>
      <ProblemList problems={summary.problems} />
      <Link href={routes.chapters}>See all chapters</Link>
    </div>
  )
}

function ReadyChapter({ summary, sectionId }: { summary: ChapterSummary; sectionId: string | null }): ReactNode {
  const call = useCall('library.chapter', { id: summary.id })
  if (call.value !== undefined) return <ChapterView key={summary.id} chapter={call.value.chapter} sectionId={sectionId} />
  if (call.state === 'failed') {
    return (
      <div className={styles.state}>
        <h1>{summary.title}</h1>
        <ErrorState
          title="The chapter could not be opened"
          message={call.error.message}
          details={call.error.details}
          action={<Button onClick={call.reload}>Try again</Button>}
        />
      </div>
    )
  }
  return (
    <div className={styles.state}>
      <h1>{summary.title}</h1>
      <Skeleton lines={8} label="Opening the chapter" />
    </div>
  )
}

// As soon as this screen is fetched, also ahead of need: most chapters have figures, and their library is large.
warmDiagrams()

/** Shows a chapter. `sectionId` may name a section or a block in one; null opens where reading stopped. */
export function ReaderScreen({ chapterId, sectionId }: { chapterId: string; sectionId: string | null }): ReactNode {
  const library = useLibrary()
  const summary = [...library.chapters, ...library.appendices].find((candidate) => candidate.id === chapterId)
  if (summary === undefined) return <NotFound chapterId={chapterId} />
  switch (summary.state) {
    case 'planned':
      return <Planned summary={summary} />
    case 'broken':
      return <Broken summary={summary} />
    case 'ready':
      return <ReadyChapter summary={summary} sectionId={sectionId} />
  }
}
