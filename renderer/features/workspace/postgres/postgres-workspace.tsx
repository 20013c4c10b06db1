import { useCallback } from 'react'
import { AnswerBench } from '../bench/answer-bench.tsx'
import type { AnswerGrader } from '../grade/answer-grader.ts'
import type { WorkspaceViewProps } from '../views.ts'

/** An exercise on a PostgreSQL server. */
export default function PostgresWorkspace({ bundle }: WorkspaceViewProps<'postgres'>) {
  const makeGrader = useCallback((): AnswerGrader => ({
    prepare: async () => undefined,
    grade: async () => ({ ok: false, message: 'This version checks answers to PostgreSQL exercises on the command line only: firedrill grade. Your answer is kept.' }),
    close: () => undefined,
  }), [])
  return (
    <AnswerBench
      bundle={bundle}
      makeGrader={makeGrader}
      editor={({ text, change }) => <textarea aria-label="Your answer" value={text} onChange={(event) => change(event.target.value)} />}
    />
  )
}
