import styles from './debrief.module.css'

/** What the marks across a chart stand for. */
export function MarkerKey() {
  return (
    <span className={styles.markers}>
      <span className={styles.fault}>
        <svg width="10" height="10" aria-hidden="true">
          <path d="M0 0h10L5 9z" fill="currentColor" />
        </svg>
        what struck
      </span>
      <span className={styles.page}>
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
    </span>
  )
}
