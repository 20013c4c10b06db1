import type { ReactNode } from 'react'
import type { Grade, GradeCheck } from '../../../../exercises/core/grade.ts'
import { earnedPoints } from '../../../../exercises/core/grade.ts'
import { Button, Kbd, StatusMark } from '../../../ui/index.ts'
import { CodeText } from '../code-text.tsx'
import type { Place } from '../neighbours.ts'
import type { Score } from './score.ts'
import { arithmetic, percent } from './score.ts'
import { commonFault, missedFirst } from './missed-first.ts'
import { PanelEmpty, PanelError } from '../panel-state.tsx'
import styles from './grade-panel.module.css'
import { ReportButton } from './report-button.tsx'

export type GradeState =
  | { name: 'none' }
  /** `step`: what is being done, where that takes time. */
  | { name: 'checking'; step: string | null }
  | { name: 'graded'; grade: Grade; score: Score; elapsedMs: number; answer: string }
  | { name: 'failed'; message: string }

interface GradePanelProps {
  state: GradeState
  next: Place | null
  /** Keys that check, where a kind has shorter ones. */
  keys?: string
  /** What a check does beyond what is seen, said before the first one. */
  beforeCheck?: string
  /** Evidence in words rather than output of an engine. */
  isProse?: boolean
  onCheck(): void
  /** Absent where an answer has no lines. */
  onGoToLine?: ((line: number, check: GradeCheck) => void) | undefined
  /** Saves the answer with the learner's reason for it to be right. */
  onReport(reason: string): void
  /** Failures that this kind of exercise names otherwise. */
  failureNames?: FailureNames | undefined
  /** What else a kind offers under a check. */
  more?: ((check: GradeCheck) => ReactNode) | undefined
}

type FailureNames = Partial<Record<NonNullable<GradeCheck['failure']>, string>>

const failureWords: Record<NonNullable<GradeCheck['failure']>, string> = {
  wrong: 'Not met',
  syntax: 'Does not parse',
  time: 'Ran out of time',
  memory: 'Ran out of memory',
  rows: 'Too many rows',
  crash: 'Stopped',
  'not-run': 'Not checked',
}

type CheckRowProps = Pick<GradePanelProps, 'onGoToLine' | 'failureNames' | 'more'> & { check: GradeCheck; isProse: boolean }

function CheckRow({ check, isProse, onGoToLine, failureNames, more }: CheckRowProps) {
  const earned = earnedPoints(check)
  const isPartly = !check.passed && earned > 0
  const word = check.passed ? 'Met' : isPartly ? 'Met in part' : (failureNames?.[check.failure ?? 'wrong'] ?? failureWords[check.failure ?? 'wrong'])
  const { line } = check
  // What could not be read says nothing of how near it is to this goal.
  const isRead = check.failure !== 'syntax'
  return (
    <li className={styles.check}>
      <div className={styles.checkHead}>
        <StatusMark state={check.passed ? 'ok' : isPartly ? 'warn' : check.failure === 'not-run' ? 'unknown' : 'crit'} />
        <span className={styles.word}>{word}</span>
        <span className={styles.label}>
          <CodeText text={check.label} />
        </span>
        <span className={styles.points}>
          {earned} of {check.points}
        </span>
      </div>
      {check.evidence !== '' && <pre className={styles.evidence} data-prose={isProse ? '' : undefined}>{isProse ? <CodeText text={check.evidence} /> : check.evidence}</pre>}
      {!check.passed && isRead && check.hint !== undefined && (
        <p className={styles.hint}>
          <CodeText text={check.hint} />
        </p>
      )}
      {!check.passed && line !== undefined && onGoToLine !== undefined && (
        <GoToLine line={line} onGo={() => onGoToLine(line, check)} />
      )}
      {more?.(check)}
    </li>
  )
}

function GoToLine({ line, onGo }: { line: number; onGo(): void }) {
  return (
    <Button size="compact" className={styles.goTo} onClick={onGo}>
      Go to line {line}
    </Button>
  )
}

type GradeChecksProps = Omit<CheckRowProps, 'check' | 'isProse'> & { checks: readonly GradeCheck[]; isProse?: boolean }

/** Each criterion of a grade with what the grader saw, those that are not met first. */
export function GradeChecks({ checks, isProse = false, ...rest }: GradeChecksProps) {
  const fault = commonFault(checks)
  if (fault !== null) return <Unread checks={checks} fault={fault} onGoToLine={rest.onGoToLine} />
  return (
    <ul className={styles.checks}>
      {missedFirst(checks).map((check) => (
        <CheckRow key={check.id} check={check} isProse={isProse} {...rest} />
      ))}
    </ul>
  )
}

/** One fault kept every goal from being judged: it is said once, and the goals are listed without a verdict. */
function Unread({ checks, fault, onGoToLine }: Pick<GradeChecksProps, 'checks' | 'onGoToLine'> & { fault: GradeCheck }) {
  const { line } = fault
  return (
    <>
      <div className={styles.check}>
        <p className={styles.checkHead}>
          <StatusMark state="crit" />
          <span className={styles.label}>The text could not be read, so no goal was judged</span>
        </p>
        <pre className={styles.evidence} data-prose="">
          <CodeText text={fault.evidence} />
        </pre>
        {line !== undefined && onGoToLine !== undefined && <GoToLine line={line} onGo={() => onGoToLine(line, fault)} />}
      </div>
      <ul className={styles.checks}>
        {checks.map((check) => (
          <li key={check.id} className={styles.check}>
            <div className={styles.checkHead}>
              <StatusMark state="unknown" />
              <span className={styles.word}>Not judged</span>
              <span className={styles.label}>
                <CodeText text={check.label} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The Checks tab: each criterion with what the grader saw, and the score as a sum. */
export function GradePanel({ state, next, keys = 'Mod+Shift+Enter', beforeCheck, isProse = false, onCheck, onGoToLine, onReport, failureNames, more }: GradePanelProps) {
  if (state.name === 'none') {
    return (
      <PanelEmpty title="Not checked yet">
        Press <Kbd keys={keys} /> to check your answer. {beforeCheck} A wrong answer costs nothing.
      </PanelEmpty>
    )
  }
  if (state.name === 'checking') return <p className={styles.waiting}>{state.step ?? 'Checking your answer'}</p>
  if (state.name === 'failed') {
    return (
      <PanelError
        title="Your answer was not checked"
        message={<p>Nothing was recorded and your answer is safe.</p>}
        details={state.message}
        action={<Button onClick={onCheck}>Check again</Button>}
      />
    )
  }
  const { grade, score } = state
  const met = grade.checks.filter((check) => check.passed).length
  const isUnread = commonFault(grade.checks) !== null
  return (
    <div className={styles.panel}>
      <header className={styles.head} data-passed={grade.passed ? '' : undefined}>
        <StatusMark state={grade.passed ? 'ok' : met > 0 ? 'warn' : 'crit'} />
        <div className={styles.verdict}>
          <p className={styles.title}>
            {isUnread ? 'Not judged: the text has an error' : `${grade.passed ? 'Passed' : 'Not yet'}: ${String(met)} of ${String(grade.checks.length)} goals met, ${percent(score.final)}`}
          </p>
          {!isUnread && <p className={styles.sum}>{arithmetic(score)}</p>}
        </div>
        {grade.passed && next !== null && (
          <a className={styles.next} href={next.href}>
            {next.label ?? 'Next'}: {next.title}
          </a>
        )}
      </header>
      <GradeChecks checks={grade.checks} isProse={isProse} onGoToLine={onGoToLine} failureNames={failureNames} more={more} />
      {!grade.passed && (
        <footer className={styles.foot}>
          <span>If you think that your answer is right, save a file that shows its author what happened.</span>
          <ReportButton onReport={onReport} />
        </footer>
      )}
    </div>
  )
}
