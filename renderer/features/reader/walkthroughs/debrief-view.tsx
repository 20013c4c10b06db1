import type { ReactNode } from 'react'
import type { Walkthrough } from '../../../../exercises/content/model.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { debrief, type WalkthroughProgress } from './walkthrough-logic.ts'
import styles from './walkthroughs.module.css'

/** The sum of an investigation: minutes, detours, and useful things left unseen. */
export function DebriefView({ walkthrough, progress }: { walkthrough: Walkthrough; progress: WalkthroughProgress }): ReactNode {
  const sum = debrief(walkthrough, progress)
  return (
    <>
      <dl className={styles.sums}>
        <div>
          <dt>Minutes spent</dt>
          <dd>
            {sum.minutesSpent} of {walkthrough.budgetMinutes}
            {sum.overBudgetMinutes > 0 ? `, ${sum.overBudgetMinutes} over` : ''}
          </dd>
        </div>
        <div>
          <dt>Useful things seen</dt>
          <dd>
            {sum.usefulSeen} of {sum.usefulTotal}
          </dd>
        </div>
        <div>
          <dt>Minutes on things of little use</dt>
          <dd>{sum.minutesWithoutUse}</dd>
        </div>
        <div>
          <dt>Wrong decisions</dt>
          <dd>{sum.wrongDecisions}</dd>
        </div>
      </dl>
      {sum.missed.length === 0 ? null : (
        <div className={styles.missed}>
          <p>Useful, and not looked at:</p>
          <ul>
            {sum.missed.map(({ stage, observation }) => (
              <li key={`${stage.id} ${observation.id}`}>
                {observation.label} <span className={styles.note}>({stage.title}, {observation.minutes} min)</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Blocks of={walkthrough.debrief} />
    </>
  )
}
