import { useEffect, useRef } from 'react'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import type { AnswerActions, AnswerEditorProps } from '../bench/answer-bench.tsx'
import styles from './document.module.css'

/** Where the document is written: a plain text area, since it is a text and nothing else. */
export function DocumentEditor({ exercise, text, change, actions }: AnswerEditorProps & { exercise: DocumentExercise; actions: AnswerActions }) {
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    Object.assign(actions, {
      focus: () => area.current?.focus(),
      goToLine: (line: number) => {
        const element = area.current
        if (element === null) return
        const lines = element.value.split('\n')
        const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
        element.focus()
        element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
      },
    } satisfies AnswerActions)
  }, [actions])
  return (
    <div className={styles.editor}>
      <p className={styles.audience}>
        For: {exercise.audience}. <span className={styles.quiet}>Markdown: # heading, - item, **bold**.</span>
      </p>
      <textarea ref={area} className={styles.area} aria-label="Your text" value={text} spellCheck onChange={(event) => change(event.target.value)} />
      <details className={styles.review}>
        <summary>What no machine checks: read your text again and ask</summary>
        <ul>
          {exercise.selfReview.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}
