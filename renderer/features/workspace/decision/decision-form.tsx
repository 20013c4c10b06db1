import { useId } from 'react'
import { parseDecisionAnswer, writeDecisionAnswer } from '../../../../exercises/kinds/decision/answer.ts'
import type { DecisionCheck } from '../../../../exercises/kinds/decision/schema.ts'
import type { AnswerEditorProps } from '../bench/answer-bench.tsx'
import { CodeText } from '../code-text.tsx'
import styles from './decision.module.css'
import { ChooseQuestion } from './questions/choose-question.tsx'
import { EstimateQuestion } from './questions/estimate-question.tsx'
import { HypothesesQuestion } from './questions/hypotheses-question.tsx'
import { MatchQuestion } from './questions/match-question.tsx'
import { ObserveQuestion } from './questions/observe-question.tsx'
import { OrderQuestion } from './questions/order-question.tsx'

interface QuestionProps {
  check: DecisionCheck
  value: unknown
  labelledBy: string
  decide(value: unknown): void
}

function Question({ check, ...rest }: QuestionProps) {
  switch (check.type) {
    case 'order':
      return <OrderQuestion check={check} {...rest} />
    case 'choose':
      return <ChooseQuestion check={check} {...rest} />
    case 'match':
      return <MatchQuestion check={check} {...rest} />
    case 'hypotheses':
      return <HypothesesQuestion check={check} {...rest} />
    case 'observe':
      return <ObserveQuestion check={check} {...rest} />
    case 'estimate':
      return <EstimateQuestion check={check} {...rest} />
  }
}

/** The questions of a decision. What was decided is one text, as every answer is. */
export function DecisionForm({ checks, text, change }: AnswerEditorProps & { checks: readonly DecisionCheck[] }) {
  const baseId = useId()
  const parsed = parseDecisionAnswer(text)
  const answer = parsed.ok ? parsed.value : {}
  return (
    // A scrolling area must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.form} aria-label="Questions" tabIndex={0}>
      {checks.map((check, index) => {
        const headingId = `${baseId}-${check.id}`
        return (
          <section key={check.id} className={styles.question} aria-labelledby={headingId}>
            <h2 id={headingId} className={styles.heading}>
              <span className={styles.number}>{index + 1}</span>
              <span>
                <CodeText text={check.label} />
              </span>
            </h2>
            {check.task !== undefined && (
              <p className={styles.task}>
                <CodeText text={check.task} />
              </p>
            )}
            <Question
              check={check}
              value={Object.hasOwn(answer, check.id) ? answer[check.id] : undefined}
              labelledBy={headingId}
              decide={(value) => change(writeDecisionAnswer({ ...answer, [check.id]: value }))}
            />
          </section>
        )
      })}
    </section>
  )
}
