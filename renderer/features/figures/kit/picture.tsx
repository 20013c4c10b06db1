/* An image drawn here has no file that an img could name. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import type { ReactNode } from 'react'
import styles from './plot.module.css'

/** A drawing of a given size in px, with what it shows in words. */
export function Picture({ label, width, height, children }: { label: string; width: number; height: number; children: ReactNode }): ReactNode {
  return (
    <svg className={styles.svg} width={width} height={height} role="img" aria-label={label}>
      {children}
    </svg>
  )
}
