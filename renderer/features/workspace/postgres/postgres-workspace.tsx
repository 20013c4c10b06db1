import { DraftWaiting } from '../bench/draft-waiting.tsx'
import { useDraft } from '../draft.ts'
import type { WorkspaceViewProps } from '../views.ts'
import { PostgresBench } from './postgres-bench.tsx'

/** An exercise on a PostgreSQL server. Waits for the learner's earlier texts, so that empty editors never replace them. */
export default function PostgresWorkspace({ bundle }: WorkspaceViewProps<'postgres'>) {
  const { id, title } = bundle.exercise
  const answer = useDraft(`answer:${id}`)
  const panes = useDraft(`sessions:${id}`)
  if (answer.text === undefined || panes.text === undefined) return <DraftWaiting title={title} answer={answer} />
  return <PostgresBench bundle={bundle} answer={answer} initialAnswer={answer.text} panesDraft={panes} initialPanes={panes.text} />
}
