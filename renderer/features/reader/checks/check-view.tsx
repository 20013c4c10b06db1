/** An inline question: the learner commits, then reads why. The answer is kept; another try is one key away. */
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Check } from '../../../../exercises/content/model.ts'
import { announce } from '../../../app/announce.ts'
import { Button, Kbd } from '../../../ui/index.ts'
import type { KeptAnswer } from '../ahead.ts'
import { PrintedCheck } from '../answers/printed-check.tsx'
import { useLearning } from '../learning.tsx'
import { usePrinting } from '../printing.ts'
import { CheckFeedback } from './check-feedback.tsx'
import { judgeCheck, type CheckAnswer } from './check-logic.ts'
import { instructions } from './instructions.ts'
import { readDraft, startDraft, type Draft } from './check-draft.ts'
import { QuestionBody } from './question-body.tsx'
import styles from './checks.module.css'

/** Outside a chapter nothing is recorded, but the question still works. */
function useKeptAnswer(check: Check): [KeptAnswer | null, (answer: CheckAnswer) => void] {
  const learning = useLearning()
  const [local, setLocal] = useState<KeptAnswer | null>(null)
  if (learning !== null) return [learning.answers[check.id] ?? null, (answer) => learning.answerCheck(check, answer)]
  return [local, (answer) => setLocal({ answer, correct: judgeCheck(check, answer), attempts: (local?.attempts ?? 0) + 1 })]
}

/** Draws one check. */
export function CheckView({ check }: { check: Check }): ReactNode {
  const [kept, keep] = useKeptAnswer(check)
  const [retrying, setRetrying] = useState(false)
  const [draft, setDraft] = useState<Draft>(() => startDraft(check, kept?.answer ?? null))
  const [problem, setProblem] = useState<string | null>(null)
  const [seen, setSeen] = useState(kept)
  const verdict = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const number = useLearning()?.checkNumbers.get(check.id)
  const isPrinting = usePrinting() !== null
  const promptId = useId()

  // The kept answer can change elsewhere: another window, an import, a reset.
  if (seen !== kept) {
    setSeen(kept)
    if (!retrying) setDraft(startDraft(check, kept?.answer ?? null))
  }

  if (isPrinting) return <PrintedCheck check={check} number={number} />

  const answered = kept !== null && !retrying
  const submit = (): void => {
    if (answered) return
    const read = readDraft(check, draft)
    if (!read.ok) {
      setProblem(read.error)
      announce(read.error)
      return
    }
    setProblem(null)
    setRetrying(false)
    keep(read.value)
    // The button is gone now, so the verdict takes the focus and is read out.
    requestAnimationFrame(() => verdict.current?.focus({ preventScroll: true }))
  }
  const tryAgain = (): void => {
    setRetrying(true)
    if (check.type === 'choice') setDraft(startDraft(check, null))
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true }))
  }
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    submit()
  }

  return (
    // Mod+Enter submits from anywhere in the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className={styles.check}
      data-answered={answered}
      aria-labelledby={promptId}
      noValidate
      onKeyDown={pressKey}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className={styles.kind}>
        Check <span className={styles.instruction}>{instructions[check.type]}</span>
      </div>
      <QuestionBody check={check} promptId={promptId} draft={draft} onChange={setDraft} answered={answered} problem={problem} />
      {answered ? (
        <CheckFeedback ref={verdict} check={check} kept={kept} onTryAgain={tryAgain} />
      ) : (
        <div className={styles.actions}>
          <Button type="submit" variant="main">
            Check answer
          </Button>
          <Kbd keys="Mod+Enter" />
        </div>
      )}
    </form>
  )
}
