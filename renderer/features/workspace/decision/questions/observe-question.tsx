import { idList } from '../../../../../exercises/kinds/decision/answer.ts'
import { announce } from '../../../../app/announce.ts'
import { Button, ProgressBar } from '../../../../ui/index.ts'
import { CodeText } from '../../code-text.tsx'
import styles from '../decision.module.css'
import type { QuestionViewProps } from './question.ts'

/** Observations to buy with minutes. What was seen stays seen. */
export function ObserveQuestion({ check, value, labelledBy, decide }: QuestionViewProps<'observe'>) {
  const taken = idList(value, check.observations.map((one) => one.id)) ?? []
  const spent = check.observations.reduce((sum, one) => sum + (taken.includes(one.id) ? one.minutes : 0), 0)
  const rest = check.budgetMinutes - spent
  return (
    <>
      <div className={styles.budget}>
        <span>
          {spent} of {check.budgetMinutes} minutes spent
        </span>
        <ProgressBar value={Math.min(1, spent / check.budgetMinutes)} label="Budget spent" />
      </div>
      <ul className={styles.observations} aria-labelledby={labelledBy}>
        {check.observations.map(({ id, label, minutes, reveals }) => (
          <li key={id} className={styles.observation}>
            <div className={styles.observationHead}>
              <span>
                <CodeText text={label} />
              </span>
              {taken.includes(id) ? (
                <span className={styles.note}>
                  Seen, {minutes} min
                </span>
              ) : (
                <Button
                  size="compact"
                  disabled={minutes > rest}
                  aria-label={`Look, ${String(minutes)} min: ${label.replaceAll('`', '')}`}
                  onClick={() => {
                    decide([...taken, id])
                    announce(`${String(rest - minutes)} of ${String(check.budgetMinutes)} minutes left. ${reveals}`)
                  }}
                >
                  Look, {minutes} min
                </Button>
              )}
            </div>
            {taken.includes(id) && (
              // Wide output scrolls, so it must take the focus (WCAG 2.1.1).
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              <pre className={styles.reveals} tabIndex={0}>
                {reveals.trimEnd()}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
