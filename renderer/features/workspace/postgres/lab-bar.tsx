import { Button, ErrorState, ProgressBar } from '../../../ui/index.ts'
import type { LabPhase } from './lab/postgres-lab.ts'
import styles from './postgres.module.css'

/** How far the server's start is, or why there is none. Nothing once it runs. */
export function LabBar({ phase, onOpen }: { phase: LabPhase; onOpen(): void }) {
  if (phase.name === 'ready') return null
  if (phase.name === 'opening') {
    return (
      <div className={styles.opening}>
        <span>{phase.says}</span>
        <ProgressBar value={phase.done} label="Starting PostgreSQL" />
      </div>
    )
  }
  return (
    <div className={styles.failed}>
      <ErrorState title="The sessions are closed" message={phase.message} action={<Button onClick={onOpen}>Open the database again</Button>} />
    </div>
  )
}
