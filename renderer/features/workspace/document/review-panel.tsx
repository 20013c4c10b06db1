import { useState } from 'react'
import type { Grade } from '../../../../exercises/core/grade.ts'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import { RadioGroup, StatusMark } from '../../../ui/index.ts'
import { useDraft } from '../draft.ts'
import styles from './document.module.css'

type Verdict = 'yes' | 'partly' | 'no'
const verdicts = [
  { value: 'yes', label: 'Yes' },
  { value: 'partly', label: 'Partly' },
  { value: 'no', label: 'Not yet' },
] as const

/** What the machine judged, and what the learner judges. The two are never added up. */
export function ReviewPanel({ exercise, grade }: { exercise: DocumentExercise; grade: Grade | null }) {
  return (
    <div className={styles.reviews}>
      <section className={styles.reviewPart} aria-label="Checked by machine">
        <h3 className={styles.pairTitle}>Checked by machine</h3>
        <p className={styles.quiet}>Rules that look for words, numbers and form. They decide the score. They cannot tell whether a sentence is true or kind.</p>
        <ul className={styles.machine}>
          {exercise.checks.map((check) => {
            const seen = grade?.checks.find(({ id }) => id === check.id)
            const state = seen === undefined || seen.failure === 'not-run' ? 'unknown' : seen.passed ? 'ok' : 'crit'
            return (
              <li key={check.id}>
                <StatusMark state={state} />
                <span>{check.label}</span>
                <span className={styles.outlineWords}>{state === 'unknown' ? 'not checked' : state === 'ok' ? 'met' : 'not met'}</span>
              </li>
            )
          })}
        </ul>
      </section>
      <SelfReview exercise={exercise} />
    </div>
  )
}

/** Questions that no machine can judge, for the learner to answer. */
export function SelfReview({ exercise }: { exercise: DocumentExercise }) {
  const draft = useDraft(`review:${exercise.id}`)
  return (
    <section className={styles.reviewPart} aria-label="Judged by you">
      <h3 className={styles.pairTitle}>Judged by you</h3>
      <p className={styles.quiet}>Read your text again, as its reader. Nobody scores this; it is kept with your answer.</p>
      {draft.text === undefined ? null : <Questions exercise={exercise} initial={draft.text} keep={draft.keep} />}
    </section>
  )
}

function Questions({ exercise, initial, keep }: { exercise: DocumentExercise; initial: string | null; keep(text: string): void }) {
  const [answers, setAnswers] = useState(() => readAnswers(initial))
  const answer = (question: string, verdict: Verdict): void => {
    const next = { ...answers, [question]: verdict }
    setAnswers(next)
    keep(JSON.stringify(next))
  }
  const done = exercise.selfReview.filter((question) => answers[question] !== undefined).length
  return (
    <>
      <ol className={styles.questions}>
        {exercise.selfReview.map((question) => (
          <li key={question}>
            <span>{question}</span>
            <RadioGroup segmented label={question} options={verdicts} value={answers[question] ?? null} onChange={(verdict) => answer(question, verdict)} />
          </li>
        ))}
      </ol>
      <p className={styles.quiet}>
        {done} of {exercise.selfReview.length} answered
      </p>
    </>
  )
}

/** Earlier verdicts; anything else that a file may hold is left out. */
function readAnswers(text: string | null): Readonly<Record<string, Verdict>> {
  if (text === null) return {}
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(Object.entries(read).flatMap(([question, value]) => verdicts.flatMap((one) => (one.value === value ? [[question, one.value] as const] : []))))
  } catch {
    return {}
  }
}
