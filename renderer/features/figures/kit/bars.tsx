import { Fragment, type ReactNode } from 'react'
import type { Tone } from './plot.tsx'
import styles from './kit.module.css'

export interface Bar {
  label: string
  value: number
  text: string
  tone?: Tone
  /** Where it stood before: a notch. */
  before?: number
}

/** Amounts side by side, each with its number. `most` is the full width. */
export function Bars({ title, bars, most }: { title: string; bars: readonly Bar[]; most: number }): ReactNode {
  const share = (value: number): string => `${Math.max(0, Math.min(100, (value / most) * 100))}%`
  return (
    <div className={styles.bars}>
      <span className={styles.barsTitle}>{title}</span>
      {bars.map(({ label, value, text, tone = 1, before }) => (
        <Fragment key={label}>
          <span className={styles.barLabel}>{label}</span>
          <span className={styles.barTrack} aria-hidden="true">
            <span className={styles.bar} data-tone={tone} style={{ width: share(value) }} />
            {before === undefined ? null : <span className={styles.barBefore} style={{ left: share(before) }} />}
          </span>
          <span className={styles.barValue}>{text}</span>
        </Fragment>
      ))}
    </div>
  )
}
