import { DraftWaiting } from '../bench/draft-waiting.tsx'
import { useDraft } from '../draft.ts'
import type { WorkspaceViewProps } from '../views.ts'
import { CodeBench } from './code-bench.tsx'

/** An exercise of writing TypeScript. Waits for the learner's earlier text, so that an empty editor never replaces it. */
export default function CodeWorkspace({ bundle }: WorkspaceViewProps<'code'>) {
  const { id, title } = bundle.exercise
  const answer = useDraft(`answer:${id}`)
  if (answer.text === undefined) return <DraftWaiting title={title} answer={answer} />
  return <CodeBench bundle={bundle} answer={answer} initialAnswer={answer.text} />
}
