import type { ReactNode } from 'react'
import styles from './settings.module.css'

/** Settings as rows between lines. */
export function Rows({ children }: { children: ReactNode }) {
  return <div className={styles.rows}>{children}</div>
}

/** Words at the left, a control that carries its own label at the right. */
export function Row({ label, description, children }: { label: ReactNode; description?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <span>{label}</span>
        {description && <span className={styles.description}>{description}</span>}
      </div>
      {children && <div className={styles.controls}>{children}</div>}
    </div>
  )
}
