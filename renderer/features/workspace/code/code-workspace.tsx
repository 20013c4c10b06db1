import { useCallback } from 'react'
import { AnswerBench } from '../bench/answer-bench.tsx'
import type { AnswerGrader } from '../grade/answer-grader.ts'
import type { WorkspaceViewProps } from '../views.ts'

/** An exercise of writing TypeScript. */
export default function CodeWorkspace({ bundle }: WorkspaceViewProps<'code'>) {
  const makeGrader = useCallback((): AnswerGrader => ({ prepare: async () => undefined, grade: async () => ({ ok: false, message: 'Code is not graded in the window yet.' }), close: () => undefined }), [])
  return <AnswerBench bundle={bundle} makeGrader={makeGrader} editor={({ text, change }) => <textarea aria-label="Your code" value={text} onChange={(event) => change(event.target.value)} />} />
}
