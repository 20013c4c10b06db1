import { useEffect, useRef, useState } from 'react'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import { part } from '../../../app/part.tsx'
import { RadioGroup } from '../../../ui/index.ts'
import type { AnswerActions, AnswerEditorProps } from '../bench/answer-bench.tsx'
import styles from './document.module.css'
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
  /** Where to put the cursor once the text area is there again. */
  const awaited = useRef<number | null>(null)

  const showLine = (line: number): void => {
    const element = area.current
    if (element === null) {
      awaited.current = line
      setMode('write')
      return
    }
    selectLine(element, line)
  }
  useEffect(() => {
    if (mode !== 'write' || awaited.current === null || area.current === null) return
    selectLine(area.current, awaited.current)
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
    awaited.current = next.split('\n').length
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
        <OutlineList exercise={exercise} text={text} onGoTo={showLine} onAdd={addSection} />
        {mode === 'write' ? (
          <textarea ref={area} className={styles.area} aria-label="Your text" value={text} spellCheck onChange={(event) => change(event.target.value)} />
        ) : (
          <preview.View text={text} />
        )}
      </div>
    </div>
  )
}

/** Selects a line and brings it into view: Chromium scrolls to a selection when the area gets the focus. */
function selectLine(element: HTMLTextAreaElement, line: number): void {
  const lines = element.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  element.blur()
  element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  element.focus()
}
