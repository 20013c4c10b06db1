import type { ReactNode } from 'react'
import styles from './status.module.css'

export type StatusState = 'ok' | 'warn' | 'crit' | 'unknown'

/** The shape of a state: circle, triangle, octagon, hollow circle. */
export function StatusMark({ state }: { state: StatusState }) {
  return (
    <svg className={styles[state]} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {state === 'ok' && <circle cx="6" cy="6" r="4.5" fill="currentColor" />}
      {state === 'warn' && <path d="M6 1.25 11.25 10.500H.75z" fill="currentColor" />}
      {state === 'crit' && <path d="M4 1h4l3 3v4l-3 3H4L1 8V4z" fill="currentColor" />}
      {state === 'unknown' && <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />}
    </svg>
  )
}

/** A state as shape and word; the colour only repeats them. */
export function Status({ state, children }: { state: StatusState; children: ReactNode }) {
  return (
    <span className={styles.status}>
      <StatusMark state={state} />
      <span>{children}</span>
    </span>
  )
}
