import { useEffect, useId, useState } from 'react'
import type { Attempt } from '../../../../main/api/index.ts'
import { useCall, useProgress } from '../../../app/data.ts'
import { Button, Skeleton, Status, Tabs } from '../../../ui/index.ts'
import { GradeChecks } from '../grade/grade-panel.tsx'
import { percent } from '../grade/score.ts'
import { PanelEmpty, PanelError } from '../panel-state.tsx'
import { AnswerComparison } from './answer-comparison.tsx'
import styles from './attempts.module.css'

interface AttemptsPanelProps {
  exerciseId: string
  /** The answer as it stands in the editor. */
  current: string
  /** Evidence in words rather than output of an engine. */
  isProse?: boolean
  /** Replaces the answer in the editor. */
  onPutBack(answer: string): void
}

const whenOf = (at: number): string => new Date(at).toLocaleString(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Every checked answer to this exercise: to read again with its grade, to compare, and to go on from. */
export function AttemptsPanel({ exerciseId, current, isProse = false, onPutBack }: AttemptsPanelProps) {
  const call = useCall('progress.attempts', { exercise: exerciseId })
  const checked = useProgress().exercises[exerciseId]?.attempts ?? 0
  const { reload } = call
  const [open, setOpen] = useState<string | null>(null)
  useEffect(() => {
    if (checked > 0) reload()
  }, [checked, reload])

  if (call.state === 'failed') {
    return <PanelError title="Earlier answers could not be read" message={call.error.message} action={<Button onClick={reload}>Try again</Button>} />
  }
  if (call.state === 'loading') return <Skeleton lines={4} label="Loading earlier answers" />
  const { attempts } = call.value
  if (attempts.length === 0) return <PanelEmpty title="No checked answers yet">Each answer that you have checked is kept here, with its grade.</PanelEmpty>
  return (
    <ol className={styles.list} aria-label="Checked answers, newest first">
      {attempts.map((attempt, index) => (
        <AttemptRow
          key={attempt.id}
          attempt={attempt}
          number={attempts.length - index}
          before={attempts[index + 1]}
          current={current}
          isProse={isProse}
          isOpen={open === attempt.id}
          onToggle={() => setOpen(open === attempt.id ? null : attempt.id)}
          onPutBack={onPutBack}
        />
      ))}
    </ol>
  )
}

interface AttemptRowProps {
  attempt: Attempt
  /** 1 for the first. */
  number: number
  /** The attempt that came before. */
  before: Attempt | undefined
  current: string
  isProse: boolean
  isOpen: boolean
  onToggle(): void
  onPutBack(answer: string): void
}

function AttemptRow({ attempt, number, before, current, isProse, isOpen, onToggle, onPutBack }: AttemptRowProps) {
  const { grade } = attempt
  const detail = useId()
  const met = grade.checks.filter((check) => check.passed).length
  const name = `attempt ${String(number)}`
  return (
    <li className={styles.attempt}>
      <div className={styles.head}>
        <Button size="compact" variant="quiet" icon={isOpen ? 'chevron-down' : 'chevron-right'} aria-expanded={isOpen} aria-controls={detail} onClick={onToggle}>
          Attempt {number}
        </Button>
        <Status state={grade.passed ? 'ok' : met > 0 ? 'warn' : 'crit'}>{grade.passed ? 'Passed' : 'Not yet'}</Status>
        <span className={styles.numbers}>
          {met} of {grade.checks.length} goals, {percent(attempt.finalScore)}
        </span>
        <time className={styles.time} dateTime={new Date(attempt.at).toISOString()}>
          {whenOf(attempt.at)}
        </time>
        <Button size="compact" onClick={() => onPutBack(attempt.answer)} aria-label={`Put ${name} back into the editor`} disabled={attempt.answer === current}>
          Put back
        </Button>
      </div>
      <div id={detail}>
        {isOpen && (
          <Tabs
            label={`What to see of ${name}`}
            items={[
              { id: 'current', label: 'Against your answer now', content: <AnswerComparison before={attempt.answer} after={current} same="Your answer is the same now." /> },
              ...(before === undefined
                ? []
                : [{ id: 'before', label: 'Against the attempt before', content: <AnswerComparison before={before.answer} after={attempt.answer} same="The attempt before had the same answer." /> }]),
              { id: 'answer', label: 'Answer', content: <pre className={styles.code}>{attempt.answer.trim() === '' ? '(empty)' : attempt.answer}</pre> },
              { id: 'checks', label: 'Checks', content: <GradeChecks checks={grade.checks} isProse={isProse} /> },
            ]}
          />
        )}
      </div>
    </li>
  )
}
