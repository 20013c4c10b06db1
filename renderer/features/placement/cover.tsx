import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useCommands } from '../../app/commands.tsx'
import { routes } from '../../app/routes.ts'
import { Button, Card, Page, ProgressBar } from '../../ui/index.ts'
import styles from './placement.module.css'

/** What the test is, what it can and cannot tell, and its beginning. */
export function Cover({
  questions,
  minutes,
  left,
  hasResult,
  onBegin,
  onGoOn,
  onResult,
}: {
  questions: number
  minutes: number
  /** Where a test was left; null where none is under way. */
  left: { at: number; answered: number } | null
  hasResult: boolean
  onBegin(): void
  onGoOn(): void
  onResult(): void
}): ReactNode {
  const start = left === null ? onBegin : onGoOn
  useCommands([
    { id: 'placement.start', title: left === null ? 'Start the placement test' : 'Go on with the placement test', section: 'Placement test', keys: 'Enter', run: start },
    { id: 'placement.result', title: 'Show the last result', section: 'Placement test', enabled: hasResult, run: onResult },
  ])
  return (
    <Page
      title="Placement test"
      summary={`${String(questions)} questions, two from each chapter, about ${String(minutes)} minutes. It finds what you can skip.`}
      actions={<Link href={routes.paths}>Learning paths</Link>}
    >
      <Card className={styles.start}>
        <div className={styles.startWords}>
          {left === null ? (
            <p>One question at a time, and no answers until the end. You can leave at any question and go on later.</p>
          ) : (
            <>
              <p>
                You are at question {left.at + 1} of {questions}. Your answers are kept.
              </p>
              <div className={styles.progress}>
                <ProgressBar value={left.answered / Math.max(1, questions)} label="Questions answered" />
              </div>
            </>
          )}
        </div>
        <div className={styles.buttons}>
          {left !== null && <Button onClick={onBegin}>Start over</Button>}
          {hasResult && (
            <Button variant="quiet" onClick={onResult}>
              Last result
            </Button>
          )}
          <Button variant="main" size="main" keys="Enter" onClick={start}>
            {left === null ? 'Start' : 'Go on'}
          </Button>
        </div>
      </Card>
      <dl className={styles.facts}>
        <dt>What counts as a pass</dt>
        <dd>Both questions of a chapter answered right. One of two is not a pass.</dd>
        <dt>What a pass does</dt>
        <dd>The chapter is marked as known. Learning paths and Home pass over its text; its exercises and incidents stay. You can read it anyway, and take the mark back.</dd>
        <dt>What it cannot tell</dt>
        <dd>
          Two questions are a sample, not a proof. Somebody who guesses between four options passes a chapter one time in sixteen. Say “I do not know” where you do not: it costs nothing, and the result is
          closer to the truth.
        </dd>
        <dt>What stays as it is</dt>
        <dd>Everything that you have read and answered. The test can be taken again, and the newest result of a chapter decides its mark.</dd>
      </dl>
    </Page>
  )
}
