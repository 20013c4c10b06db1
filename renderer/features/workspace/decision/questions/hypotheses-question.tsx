import type { CSSProperties } from 'react'
import { idNumbers } from '../../../../../exercises/kinds/decision/answer.ts'
import { Status } from '../../../../ui/index.ts'
import { CodeText } from '../../code-text.tsx'
import styles from '../decision.module.css'
import type { QuestionViewProps } from './question.ts'

/** A probability for each cause. The sum is said while it is not 100. */
export function HypothesesQuestion({ check, value, labelledBy, decide }: QuestionViewProps<'hypotheses'>) {
  const stated = idNumbers(value)
  const total = Math.round(check.causes.reduce((sum, cause) => sum + (stated[cause.id] ?? 0), 0) * 10) / 10
  return (
    <>
      <ul className={styles.pairs} aria-labelledby={labelledBy}>
        {check.causes.map(({ id, label }) => (
          <li key={id} className={styles.cause}>
            <label htmlFor={`${labelledBy}-${id}`}>
              <CodeText text={label} />
            </label>
            <input
              id={`${labelledBy}-${id}`}
              className={styles.slider}
              style={{ '--stated': `${String(stated[id] ?? 0)}%` } as CSSProperties}
              type="range"
              min={0}
              max={100}
              step={5}
              value={stated[id] ?? 0}
              aria-valuetext={`${String(stated[id] ?? 0)} per cent`}
              onChange={(event) => decide({ ...stated, [id]: Number(event.target.value) })}
            />
            <span className={styles.percent} aria-hidden="true">
              {stated[id] ?? 0}%
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <Status state={total === 100 ? 'ok' : 'unknown'}>{total === 100 ? 'Sums to 100%' : `Sums to ${String(total)}%; ${total < 100 ? `${String(100 - total)}% left to give` : `${String(total - 100)}% too much`}`}</Status>
      </p>
    </>
  )
}
