import styles from './charts.module.css'

/** What the marks on a chart stand for. What struck is shown in a debrief only; traces are marked on charts of durations. */
export function MarkerKey({ hasFaults = false, hasTraces = false }: { hasFaults?: boolean; hasTraces?: boolean }) {
  return (
    <span className={styles.markers}>
      {hasFaults && (
        <span className={styles.markFault}>
          <svg width="10" height="10" aria-hidden="true">
            <path d="M0 0h10L5 9z" fill="currentColor" />
          </svg>
          what struck
        </span>
      )}
      <span className={styles.markPage}>
        <svg width="10" height="10" aria-hidden="true">
          <path d="M0 0h10v4H0z" fill="currentColor" />
        </svg>
        the page
      </span>
      <span>
        <svg width="10" height="10" aria-hidden="true">
          <path d="M1 1h8v8H1z" fill="currentColor" />
        </svg>
        what you did
      </span>
      <span>
        <svg width="10" height="10" aria-hidden="true">
          <path d="M1 0l8 5-8 5z" fill="currentColor" />
        </svg>
        what teams changed
      </span>
      {hasTraces && (
        <span>
          <svg width="10" height="10" aria-hidden="true">
            <path d="M5 1l4 4-4 4-4-4z" fill="none" stroke="currentColor" strokeWidth="1.5" />
          </svg>
          a trace that opens
        </span>
      )}
    </span>
  )
}
