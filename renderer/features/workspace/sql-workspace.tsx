import { useDraft } from './draft.ts'
import { DraftWaiting } from './bench/draft-waiting.tsx'
import { SqlBench } from './sql-bench.tsx'
import type { WorkspaceViewProps } from './views.ts'

/** A SQL exercise. Waits for the learner's earlier text, so that an empty editor never replaces it. */
export default function SqlWorkspace({ bundle }: WorkspaceViewProps<'sql'>) {
  const { id, title } = bundle.exercise
  const answer = useDraft(`answer:${id}`)
  const history = useDraft(`history:${id}`)
  const changes = useDraft(`changes:${id}`)
  if (answer.text === undefined || history.text === undefined || changes.text === undefined) {
    return <DraftWaiting title={title} answer={answer} />
  }
  return <SqlBench bundle={bundle} answer={answer} initialAnswer={answer.text} history={history} initialHistory={history.text} changes={{ initial: changes.text, keep: changes.keep }} />
}
