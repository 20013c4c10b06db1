import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Check } from '../../../exercises/content/model.ts'
import { announce } from '../../app/announce.ts'
import { useCommands } from '../../app/commands.tsx'
import { useSettings } from '../../app/data.ts'
import { Button, Page, ProgressBar, Status } from '../../ui/index.ts'
import { readDraft, startDraft, type Draft } from '../reader/checks/check-draft.ts'
import { instructions } from '../reader/checks/instructions.ts'
import { QuestionBody } from '../reader/checks/question-body.tsx'
import type { SavedState } from '../workspace/draft.ts'
import type { Given } from './placement-draft.ts'
import blockStyles from '../reader/blocks/blocks.module.css'
import checkStyles from '../reader/checks/checks.module.css'
import styles from './placement.module.css'

/** One question of the test. It is told nothing of right and wrong. */
export function QuestionView({
  check,
  at,
  total,
  answered,
  given,
  saved,
  onGive,
  onNext,
  onBack,
}: {
  check: Check
  /** Position among all, from 0. */
  at: number
  total: number
  answered: number
  given: Given | null
  saved: SavedState
  onGive(given: Given): void
  onNext(given: Given): void
  onBack(): void
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const { singleKeys } = useSettings().settings
  const promptId = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const draft: Draft = given === null || given === 'unknown' ? startDraft(check, null) : given
  const isLast = at === total - 1

  // Each question is a page of its own: it starts at its number, for the eye and for a screen reader.
  useEffect(() => heading.current?.focus(), [])

  const next = (): void => {
    const read = given === 'unknown' ? null : readDraft(check, draft)
    if (read === null || read.ok) {
      onNext(given === 'unknown' ? given : draft)
      return
    }
    const words = `${read.error} Or say that you do not know.`
    setProblem(words)
    announce(words)
  }
  const give = (changed: Draft): void => {
    setProblem(null)
    onGive(changed)
  }
  const choose = (option: string): void => {
    const chosen = draft.type === 'options' ? draft.chosen : []
    if (check.type === 'choice') give({ type: 'options', chosen: [option] })
    else give({ type: 'options', chosen: chosen.includes(option) ? chosen.filter((id) => id !== option) : [...chosen, option] })
  }
  const options = 'options' in check ? check.options : []
  useCommands([
    { id: 'placement.next', title: isLast ? 'Finish the test' : 'Next question', section: 'Placement test', keys: 'Mod+Enter', run: next },
    { id: 'placement.unknown', title: 'I do not know', section: 'Placement test', keys: 'u', run: () => onNext('unknown') },
    { id: 'placement.back', title: 'Previous question', section: 'Placement test', keys: 'p', enabled: at > 0, run: onBack },
    ...options.map(({ id }, index) => ({ id: `placement.option${String(index + 1)}`, title: `Choose answer ${String(index + 1)}`, section: 'Placement test', keys: String(index + 1), hidden: true, run: () => choose(id) })),
  ])

  return (
    <Page title="Placement test">
      <div className={styles.asking}>
        <div className={styles.top}>
          <h2 ref={heading} tabIndex={-1} className={styles.count}>
            Question {at + 1} of {total}
          </h2>
          <ProgressBar value={answered / total} label="Questions answered" />
          <span className={styles.meta}>{answered} answered</span>
        </div>
        <form
          className={`${blockStyles.prose} ${styles.question}`}
          aria-labelledby={promptId}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            next()
          }}
        >
          <p className={checkStyles.kind}>
            {instructions[check.type]}
            {singleKeys && options.length > 0 && <span className={checkStyles.instruction}>keys 1 to {options.length}</span>}
          </p>
          <QuestionBody check={check} promptId={promptId} draft={draft} onChange={give} problem={problem} />
          <div className={styles.answer}>
            <Button type="submit" variant="main" size="main" keys="Mod+Enter">
              {isLast ? 'Finish' : 'Next'}
            </Button>
            <Button size="main" keys="u" aria-pressed={given === 'unknown'} onClick={() => onNext('unknown')}>
              I do not know
            </Button>
            <Button variant="quiet" size="main" keys="p" className={styles.back} disabled={at === 0} onClick={onBack}>
              Back
            </Button>
          </div>
        </form>
      </div>
      <p className={styles.kept}>{saved.name === 'failed' ? <Status state="warn">{saved.message}</Status> : given === 'unknown' ? 'You said that you do not know. Choose an answer to change that.' : 'Leave when you like: your answers are kept.'}</p>
    </Page>
  )
}
