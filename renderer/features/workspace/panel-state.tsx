import type { ComponentProps } from 'react'
import { EmptyState, ErrorState } from '../../ui/index.ts'
import styles from './workspace.module.css'

/** An empty state inside a tool panel, which has no padding of its own. */
export function PanelEmpty(props: ComponentProps<typeof EmptyState>) {
  return (
    <div className={styles.panelState}>
      <EmptyState {...props} />
    </div>
  )
}

/** An error inside a tool panel. */
export function PanelError(props: ComponentProps<typeof ErrorState>) {
  return (
    <div className={styles.panelState}>
      <ErrorState {...props} />
    </div>
  )
}
