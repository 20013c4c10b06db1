import { dashes, mostColors } from './chart-colors.ts'
import styles from './charts.module.css'

/** The series' line: colour and dash. */
export function Swatch({ place }: { place: number }) {
  return (
    <svg className={styles.swatch} width="18" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="18" y2="4" stroke={place < mostColors ? `var(--series-${String(place + 1)})` : 'var(--border-strong)'} strokeWidth="2" strokeDasharray={(dashes[place % mostColors] ?? []).join(' ')} />
    </svg>
  )
}
