import { ErrorState, Skeleton } from '../../../ui/index.ts'
import type { Draft } from '../draft.ts'
import styles from '../workspace.module.css'

/** Stands in until the learner's earlier text is read, so that an empty editor never replaces it. */
export function DraftWaiting({ title, answer }: { title: string; answer: Draft }) {
  return (
    <div className={styles.waiting}>
      <h1 className="visually-hidden">{title}</h1>
      {answer.saved.name === 'failed' ? (
        <ErrorState title="Your earlier answer could not be read" message={answer.saved.message} />
      ) : (
        <Skeleton lines={8} label="Loading your answer" />
      )}
    </div>
  )
}
