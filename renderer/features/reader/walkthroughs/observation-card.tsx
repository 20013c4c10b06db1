import { useId, useRef, type ReactNode } from 'react'
import type { Observation } from '../../../../exercises/content/model.ts'
import { Button } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import styles from './walkthroughs.module.css'

/** One thing to look at: its price, then its data, and after the decision what an expert reads in it. */
export function ObservationCard({
  observation,
  seen,
  decided,
  minutesLeft,
  onObserve,
}: {
  observation: Observation
  seen: boolean
  decided: boolean
  minutesLeft: number
  onObserve: () => void
}): ReactNode {
  const labelId = useId()
  const data = useRef<HTMLDivElement>(null)
  const look = (): void => {
    onObserve()
    requestAnimationFrame(() => data.current?.focus({ preventScroll: true }))
  }
  return (
    <li className={styles.observation} data-seen={seen}>
      <div className={styles.observationHead}>
        <span id={labelId} className={styles.observationLabel}>
          {observation.label}
        </span>
        <span className={styles.cost}>{observation.minutes} min</span>
        {seen || decided ? (
          <span className={styles.note}>{seen ? 'Looked at' : 'Not looked at'}</span>
        ) : (
          <Button size="compact" aria-describedby={labelId} onClick={look}>
            {observation.minutes > minutesLeft ? 'Look, over budget' : 'Look'}
          </Button>
        )}
      </div>
      {seen ? (
        <div ref={data} tabIndex={-1} className={styles.data}>
          <Blocks of={observation.reveals} />
        </div>
      ) : null}
      {!seen && decided ? (
        <details className={styles.more}>
          <summary>Show what it would have shown</summary>
          <Blocks of={observation.reveals} />
        </details>
      ) : null}
      {decided ? (
        <div className={styles.expert}>
          <div className={styles.expertHead}>What an expert reads{observation.useful ? '' : ' (of little use here)'}</div>
          <Blocks of={observation.expert} />
        </div>
      ) : null}
    </li>
  )
}
