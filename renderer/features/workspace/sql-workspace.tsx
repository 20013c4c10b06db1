import { useDraft } from './draft.ts'
import { ErrorState, Skeleton } from '../../ui/index.ts'
import { SqlBench } from './sql-bench.tsx'
import type { WorkspaceViewProps } from './views.ts'
import styles from './workspace.module.css'

/** A SQL exercise. Waits for the learner's earlier text, so that an empty editor never replaces it. */
export function SqlWorkspace({ bundle }: WorkspaceViewProps) {
  const { id, title } = bundle.exercise
  const answer = useDraft(`answer:${id}`)
  const history = useDraft(`history:${id}`)
  const changes = useDraft(`changes:${id}`)
  if (answer.text === undefined || history.text === undefined || changes.text === undefined) {
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
  return <SqlBench bundle={bundle} answer={answer} initialAnswer={answer.text} history={history} initialHistory={history.text} changes={{ initial: changes.text, keep: changes.keep }} />
}
