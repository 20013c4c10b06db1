import { useEffect, useRef, useState } from 'react'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import { part } from '../../../app/part.tsx'
import { RadioGroup } from '../../../ui/index.ts'
import type { AnswerActions, AnswerEditorProps } from '../bench/answer-bench.tsx'
import styles from './document.module.css'
import { placeBelow, showPlace, startOfLine } from './caret.ts'
import { OutlineList } from './outline-list.tsx'

/** Drawing Markdown needs its parser, which writing does not. */
const preview = part(() => import('./preview.tsx'), <p className={styles.drawing}>Drawing your text</p>)

type Mode = 'write' | 'preview'
const modes = [
  { value: 'write', label: 'Write' },
  { value: 'preview', label: 'Preview' },
] as const

/** Where the document is written: the template's sections to jump to, the text, and how it will look. */
export function DocumentEditor({ exercise, text, change, actions }: AnswerEditorProps & { exercise: DocumentExercise; actions: AnswerActions }) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [mode, setMode] = useState<Mode>('write')
  /** Where to put the cursor once the text area is there again, and has the text. */
  const awaited = useRef<Goal | null>(null)

  const go = (goal: Goal): void => {
    const element = area.current
    if (element === null) {
      awaited.current = goal
      setMode('write')
      return
    }
    showGoal(element, goal)
  }
  const showLine = (line: number): void => go({ line, isHeading: false })
  useEffect(() => {
    if (mode !== 'write' || awaited.current === null || area.current === null) return
    showGoal(area.current, awaited.current)
    awaited.current = null
  }, [mode, text])
  useEffect(() => {
    Object.assign(actions, {
      focus: () => {
        setMode('write')
        area.current?.focus()
      },
      goToLine: showLine,
    } satisfies AnswerActions)
  }, [actions])

  const addSection = (title: string): void => {
    const before = text.trimEnd()
    const next = `${before}${before === '' ? '' : '\n\n'}## ${title}\n`
    awaited.current = { line: next.split('\n').length - 1, isHeading: true }
    setMode('write')
    change(next)
  }

  return (
    <div className={styles.editor}>
      <div className={styles.bar}>
        <p className={styles.audience}>For: {exercise.audience}</p>
        <RadioGroup<Mode> segmented label="Show" options={modes} value={mode} onChange={setMode} />
      </div>
      <div className={styles.columns}>
        <OutlineList exercise={exercise} text={text} onGoTo={(line) => go({ line, isHeading: true })} onStart={() => showLine(1)} onAdd={addSection} />
        {mode === 'write' ? (
          <textarea ref={area} className={styles.area} aria-label="Your text" value={text} spellCheck onChange={(event) => change(event.target.value)} />
        ) : (
          <preview.View text={text} />
        )}
      </div>
    </div>
  )
}

interface Goal {
  /** 1-based. */
  line: number
  /** Then the cursor goes where its section is written. */
  isHeading: boolean
}

/** Never selects: what is typed next must not take the place of what is there. */
function showGoal(element: HTMLTextAreaElement, { line, isHeading }: Goal): void {
  const { value } = element
  const endOfLine = startOfLine(value, line) + (value.split('\n')[line - 1]?.length ?? 0)
  showPlace(element, isHeading ? placeBelow(value, line) : endOfLine, line)
}
