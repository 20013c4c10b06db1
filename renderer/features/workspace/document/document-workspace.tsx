import { useCallback } from 'react'
import { gradeDocument, readAnswer } from '../../../../exercises/kinds/document/grade.ts'
import { countWords } from '../../../../exercises/kinds/document/text.ts'
import { AnswerBench } from '../bench/answer-bench.tsx'
import { gradeHere } from '../grade/answer-grader.ts'
import type { WorkspaceViewProps } from '../views.ts'
import { DocumentEditor } from './document-editor.tsx'
import styles from './document.module.css'

/** An exercise of writing: a text in Markdown, with its length. */
export default function DocumentWorkspace({ bundle }: WorkspaceViewProps<'document'>) {
  const { exercise } = bundle
  const makeGrader = useCallback(() => gradeHere((answer) => gradeDocument(exercise, answer)), [exercise])
  const limit = exercise.checks.find((check) => check.type === 'length')
  return (
    <AnswerBench
      bundle={bundle}
      makeGrader={makeGrader}
      editor={(props) => <DocumentEditor exercise={exercise} {...props} />}
      status={(text) => (
        <span className={styles.count}>
          {countWords(readAnswer(exercise, text))} words{limit === undefined ? '' : ` of ${limit.min > 0 ? `${String(limit.min)} to ` : 'at most '}${String(limit.max)}`}
        </span>
      )}
    />
  )
}
