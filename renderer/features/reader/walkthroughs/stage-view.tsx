import { useId, useRef, useState, type ReactNode } from 'react'
import type { CheckOption, WalkthroughStage } from '../../../../exercises/content/model.ts'
import { Button, Status } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { Inlines } from '../blocks/inline.tsx'
import { ObservationCard } from './observation-card.tsx'
import type { StageProgress } from './walkthrough-logic.ts'
import styles from './walkthroughs.module.css'

function DecisionForm({
  stage,
  progress,
  onDecide,
}: {
  stage: WalkthroughStage
  progress: StageProgress
  onDecide: (optionId: string) => void
}): ReactNode {
  const group = useId()
  const promptId = useId()
  const [picked, setPicked] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const verdict = useRef<HTMLDivElement>(null)
  const tried: CheckOption[] = progress.choices.flatMap((choice) => stage.decision.options.filter((option) => option.id === choice))
  const last = tried.at(-1)
  const unseen = stage.observations.length - progress.observed.length

  const submit = (): void => {
    if (progress.decided) return
    if (picked === null) {
      setProblem('Choose one first.')
      return
    }
    setProblem(null)
    setPicked(null)
    onDecide(picked)
    // The form may be gone now, so the verdict takes the focus and is read out.
    requestAnimationFrame(() => verdict.current?.focus({ preventScroll: true }))
  }

  return (
    // Mod+Enter submits from anywhere in the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles.decision}
      aria-labelledby={promptId}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        submit()
      }}
    >
      <div className={styles.decisionKind}>Decide</div>
      <div id={promptId}>
        <Blocks of={stage.decision.prompt} />
      </div>
      {progress.decided ? null : (
        <div role="radiogroup" aria-labelledby={promptId} className={styles.options}>
          {stage.decision.options.map((option) => {
            const ruledOut = progress.choices.includes(option.id)
            return (
              <label key={option.id} className={styles.option} data-chosen={picked === option.id}>
                <input
                  type="radio"
                  name={group}
                  value={option.id}
                  checked={picked === option.id}
                  disabled={ruledOut}
                  onChange={() => setPicked(option.id)}
                />
                <span>
                  <Inlines of={option.label} />
                  {ruledOut ? <span className={styles.note}> (tried)</span> : null}
                </span>
              </label>
            )
          })}
        </div>
      )}
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {progress.decided ? null : (
        <div className={styles.actions}>
          <Button type="submit" variant="main">
            Decide
          </Button>
        </div>
      )}
      {last === undefined ? null : (
        <div className={styles.verdict}>
          <div ref={verdict} tabIndex={-1} className={styles.verdictLine}>
            <Status state={last.correct ? 'ok' : 'crit'}>{last.correct ? 'Right' : 'Not yet'}</Status>
            <span>
              <Inlines of={last.label} />
            </span>
          </div>
          {unseen === 0 ? null : (
            <p className={styles.note}>
              You looked at {progress.observed.length} of {stage.observations.length}.{' '}
              {progress.decided ? 'What follows counts the others too: above stands what each would have shown.' : 'The reason may rest on what you have not looked at.'}
            </p>
          )}
          <Blocks of={last.explanation} />
        </div>
      )}
      {progress.decided ? (
        <details className={styles.more}>
          <summary>Why not the others</summary>
          {stage.decision.options
            .filter((option) => option !== last)
            .map((option) => (
              <div key={option.id} className={styles.other}>
                <p className={styles.otherLabel}>
                  <Inlines of={option.label} />
                </p>
                <Blocks of={option.explanation} />
              </div>
            ))}
        </details>
      ) : null}
    </form>
  )
}

/** One stage: the situation, what can be looked at, the decision, and once it is taken what an expert read and what happened. */
export function StageView({
  stage,
  progress,
  minutesLeft,
  onObserve,
  onDecide,
}: {
  stage: WalkthroughStage
  progress: StageProgress
  minutesLeft: number
  onObserve: (observationId: string) => void
  onDecide: (optionId: string) => void
}): ReactNode {
  return (
    <>
      <div className={styles.situation}>
        <Blocks of={stage.situation} />
      </div>
      <ul className={styles.observations} aria-label="What you can look at">
        {stage.observations.map((observation) => (
          <ObservationCard
            key={observation.id}
            observation={observation}
            seen={progress.observed.includes(observation.id)}
            decided={progress.decided}
            minutesLeft={minutesLeft}
            onObserve={() => onObserve(observation.id)}
          />
        ))}
      </ul>
      <DecisionForm stage={stage} progress={progress} onDecide={onDecide} />
      {progress.decided ? (
        <div className={styles.outcome}>
          <Blocks of={stage.outcome} />
        </div>
      ) : null}
    </>
  )
}
