import type { ReactNode, Ref } from 'react'
import type { Check, CheckOption } from '../../../../exercises/content/model.ts'
import { Button, Chip, Status } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { Inlines } from '../blocks/inline.tsx'
import type { KeptAnswer } from '../ahead.ts'
import { formatNumber, verdictSentence } from './verdict.ts'
import styles from './checks.module.css'

/** One option with its explanation, as the learner meets it after answering. */
export function ExplainedOption({ option, isChosen = false }: { option: CheckOption; /** Says that it was the answer. */ isChosen?: boolean }): ReactNode {
  return (
    <div className={styles.explained}>
      <p className={styles.explainedLabel}>
        <Status state={option.correct ? 'ok' : 'crit'}>{option.correct ? 'Right' : 'Not this'}</Status>
        <span>
          <Inlines of={option.label} />
        </span>
        {isChosen ? <Chip>Your answer</Chip> : null}
      </p>
      <Blocks of={option.explanation} />
    </div>
  )
}

function OptionReasons({ check, kept }: { check: Extract<Check, { type: 'choice' | 'multiple' }>; kept: KeptAnswer }): ReactNode {
  const chosenIds = Array.isArray(kept.answer) ? kept.answer : [kept.answer]
  const chosen = check.options.filter((option) => chosenIds.includes(option.id))
  const others = check.options.filter((option) => !chosenIds.includes(option.id))
  return (
    <>
      {check.type === 'choice' ? chosen.map((option) => <Blocks key={option.id} of={option.explanation} />) : chosen.map((option) => <ExplainedOption key={option.id} option={option} />)}
      {others.length === 0 ? null : (
        <details className={styles.others}>
          <summary>{kept.correct ? 'Why not the others' : 'The other options, explained'}</summary>
          {others.map((option) => (
            <ExplainedOption key={option.id} option={option} />
          ))}
        </details>
      )}
    </>
  )
}

/** The right number or order, and why. */
export function RightAnswer({ check }: { check: Extract<Check, { type: 'number' | 'order' }> }): ReactNode {
  return (
    <>
      {check.type === 'number' ? (
        <p>
          {formatNumber(check.answer)} {check.unit}
        </p>
      ) : (
        <ol>
          {check.items.map((item) => (
            <li key={item.id}>
              <Inlines of={item.label} />
            </li>
          ))}
        </ol>
      )}
      <Blocks of={check.explanation} />
    </>
  )
}

function SingleReason({ check, kept }: { check: Extract<Check, { type: 'number' | 'order' }>; kept: KeptAnswer }): ReactNode {
  if (kept.correct) return <Blocks of={check.explanation} />
  return (
    <details className={styles.others}>
      <summary>The answer, and why</summary>
      <RightAnswer check={check} />
    </details>
  )
}

/** The verdict as shape and word, the reason, and the way to try again. */
export function CheckFeedback({
  ref,
  check,
  kept,
  onTryAgain,
}: {
  ref: Ref<HTMLDivElement>
  check: Check
  kept: KeptAnswer
  onTryAgain: () => void
}): ReactNode {
  const sentence = verdictSentence(check, kept.answer, kept.correct)
  return (
    <div className={styles.feedback} data-verdict={kept.correct ? 'ok' : 'crit'}>
      <div ref={ref} tabIndex={-1} className={styles.verdict}>
        <Status state={kept.correct ? 'ok' : 'crit'}>{kept.correct ? 'Right' : 'Not yet'}</Status>
        {sentence === '' ? null : <span>{sentence}</span>}
        {kept.attempts > 1 ? <span className={styles.attempts}>Attempt {kept.attempts}</span> : null}
      </div>
      {'options' in check ? <OptionReasons check={check} kept={kept} /> : <SingleReason check={check} kept={kept} />}
      <div className={styles.actions}>
        <Button onClick={onTryAgain}>
          {kept.correct ? 'Answer again' : 'Try again'}
        </Button>
      </div>
    </div>
  )
}
