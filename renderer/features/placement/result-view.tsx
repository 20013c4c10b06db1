import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import { useCommands } from '../../app/commands.tsx'
import { useLibrary, useProgress } from '../../app/data.ts'
import { useUnmark } from '../../app/known-mark.ts'
import { go, routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Button, Card, Page, Status } from '../../ui/index.ts'
import { MissedQuestion } from './missed-question.tsx'
import { placementResults, type ChapterResult } from './placement-result.ts'
import styles from './placement.module.css'

/** What the newest test says of each chapter, and what was missed. */
export function ResultView({ questions, isWaiting, onAgain }: { questions: readonly PlacementQuestion[]; /** The core has not taken the answers yet. */ isWaiting: boolean; onAgain(): void }): ReactNode {
  const library = useLibrary()
  const progress = useProgress()
  const list = useRowKeys({ section: 'Placement test', noun: 'chapter' })
  const summary = useRef<HTMLDivElement>(null)
  const results = placementResults(questions, library, progress)
  const passed = results.filter((result) => result.passed).length
  const next = results.find(({ known }) => !known)
  const read = (): void => {
    if (next !== undefined) go(routes.chapter(next.chapter.id))
  }
  useEffect(() => summary.current?.focus(), [])
  useCommands([{ id: 'placement.read', title: 'Read the first chapter that is not known', section: 'Placement test', keys: 'Enter', enabled: next !== undefined && !isWaiting, run: read }])

  if (isWaiting) {
    return (
      <Page title="Placement test">
        <p className={styles.waiting}>Your answers are kept in this window, and Firedrill does not answer at the moment. The result shows here as soon as it does.</p>
      </Page>
    )
  }
  return (
    <Page
      title="Placement test: result"
      summary="Both questions right is a pass. Two questions are a sample, not a proof: read a known chapter anyway when your work depends on it."
      actions={<Button onClick={onAgain}>Take the test again</Button>}
    >
      <Card className={styles.start}>
        <div ref={summary} tabIndex={-1} className={styles.startWords}>
          <h2 className={styles.count}>
            {passed} of {results.length} chapters passed
          </h2>
          <p className={styles.quiet}>{next === undefined ? 'Every chapter is known. Incidents and exercises show whether it holds under pressure.' : `Next: chapter ${String(next.chapter.number)}, ${next.chapter.title}`}</p>
        </div>
        <div className={styles.buttons}>
          <Link href={routes.paths}>Learning paths</Link>
          {next === undefined ? (
            <Button variant="main" size="main" onClick={() => go(routes.incidents)}>
              See the incidents
            </Button>
          ) : (
            <Button variant="main" size="main" keys="Enter" onClick={read}>
              Read it
            </Button>
          )}
        </div>
      </Card>
      <ol ref={list} className={styles.results}>
        {results.map((result) => (
          <ChapterRow key={result.chapter.id} result={result} />
        ))}
      </ol>
      <p className={styles.kept}>Explanations come from the chapters, and may speak of the text around them.</p>
    </Page>
  )
}

function ChapterRow({ result: { chapter, passed, known, right, asked, missed, lost } }: { result: ChapterResult }): ReactNode {
  const unmark = useUnmark()
  return (
    <li className={styles.result}>
      <div className={styles.resultHead}>
        <span className={styles.number}>{chapter.number}</span>
        <h2 className={styles.resultTitle}>
          <Link href={routes.chapter(chapter.id)} data-row>
            {chapter.title}
          </Link>
        </h2>
        <span className={styles.meta}>
          {right} of {asked} right
        </span>
        <span className={styles.state}>{known ? <Status state="ok">Known</Status> : <Status state="unknown">{passed ? 'Passed, mark taken back' : 'Not passed'}</Status>}</span>
        <span className={styles.act}>
          {known && (
            <Button size="compact" aria-label={`Unmark chapter ${String(chapter.number)}`} onClick={() => unmark(chapter)}>
              Unmark
            </Button>
          )}
        </span>
      </div>
      {missed.length > 0 && (
        <ul className={styles.missed}>
          {missed.map((one) => (
            <MissedQuestion key={one.question.check.id} missed={one} />
          ))}
        </ul>
      )}
      {lost > 0 && <p className={styles.lost}>{lost === 1 ? 'One question that you missed has' : `${String(lost)} questions that you missed have`} been replaced since, and cannot be shown.</p>}
    </li>
  )
}
