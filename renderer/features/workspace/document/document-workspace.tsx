import { useCallback } from 'react'
import { gradeDocument, readAnswer } from '../../../../exercises/kinds/document/grade.ts'
import { countWords } from '../../../../exercises/kinds/document/text.ts'
import { AnswerBench } from '../bench/answer-bench.tsx'
import { gradeHere } from '../grade/answer-grader.ts'
import type { WorkspaceViewProps } from '../views.ts'
import { DocumentEditor } from './document-editor.tsx'
import styles from './document.module.css'
import { ModelPanel } from './model-panel.tsx'
import { ReviewPanel } from './review-panel.tsx'

/** An exercise of writing: a text in Markdown by the template's sections, then the model answer and the self-review. */
export default function DocumentWorkspace({ bundle }: WorkspaceViewProps<'document'>) {
  const { exercise, referenceAnswer } = bundle
  const makeGrader = useCallback(() => gradeHere((answer) => gradeDocument(exercise, answer)), [exercise])
  const limit = exercise.checks.find((check) => check.type === 'length')
  return (
    <AnswerBench
      bundle={bundle}
      makeGrader={makeGrader}
      editor={(props) => <DocumentEditor exercise={exercise} {...props} />}
      panels={({ text, grade, isSolved }) => [
        { id: 'model', label: 'Model answer', content: <ModelPanel exercise={exercise} text={text} model={referenceAnswer} isOpen={isSolved} /> },
        { id: 'review', label: 'Self-review', content: <ReviewPanel exercise={exercise} grade={grade} /> },
      ]}
      status={(text) => (
        <span className={styles.count}>
          {countWords(readAnswer(exercise, text))} words{limit === undefined ? '' : ` of ${limit.min > 0 ? `${String(limit.min)} to ` : 'at most '}${String(limit.max)}`}
        </span>
      )}
    />
  )
}
