import { useEffect, useMemo, useRef, useState } from 'react'
import { assignMeanings } from '../../../../exercises/kinds/diagram/meaning.ts'
import type { BundleOf } from '../../../../main/api/index.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useProgress } from '../../../app/data.ts'
import { useToast } from '../../../app/toast.tsx'
import { Button, EmptyState, Menu, SplitPane, Tabs } from '../../../ui/index.ts'
import type { AnswerActions, AnswerEditorProps } from '../bench/answer-bench.tsx'
import { EditorFrame } from '../editor/editor-frame.tsx'
import { DrawingPane } from './drawing-pane.tsx'
import type { MermaidEditor } from './mermaid-editor.ts'
import { familyOf, snippets } from './mermaid-words.ts'
import { Reading } from './reading.tsx'
import { savePng, saveSvg } from './save-drawing.ts'
import { usePreview } from './use-preview.ts'
import styles from './diagram.module.css'

interface DiagramEditorProps extends AnswerEditorProps {
  bundle: BundleOf<'diagram'>
  actions: AnswerActions
}

/** Where a diagram is written, with its drawing beside it. */
export function DiagramEditor({ bundle, text, change, actions }: DiagramEditorProps) {
  const { exercise, referenceAnswer } = bundle
  const toast = useToast()
  const editor = useRef<MermaidEditor | null>(null)
  const preview = usePreview(text)
  const isSolutionShown = useProgress().exercises[exercise.id]?.solutionShown === true
  const [tab, setTab] = useState('drawing')
  const [shownBefore, setShownBefore] = useState(isSolutionShown)
  // Opened just now: side by side is what somebody who was stuck wants to see.
  if (isSolutionShown && !shownBefore) {
    setShownBefore(true)
    setTab('compare')
  }
  const family = familyOf(text.trim() === '' ? exercise.starter : text)
  const latest = useRef({ text, change })
  /** Texts that the editor has reported and that have not come back as `text` yet. */
  const typed = useRef<string[]>([])
  useEffect(() => {
    latest.current = { text, change }
  })

  useEffect(() => {
    Object.assign(actions, {
      focus: () => editor.current?.focus(),
      goToLine: (line: number) => editor.current?.goToLine(line),
      text: () => editor.current?.text() ?? latest.current.text,
    } satisfies AnswerActions)
  }, [actions])
  // Put back or reset by the bench: the editor follows. A text of its own that comes back late is no such change.
  useEffect(() => {
    const own = typed.current.lastIndexOf(text)
    typed.current = typed.current.slice(own + 1)
    if (own < 0 && editor.current !== null && editor.current.text() !== text) editor.current.replaceText(text)
  }, [text])
  const { fault } = preview
  useEffect(() => {
    editor.current?.mark(fault)
  }, [fault])

  const load = async (): Promise<(container: HTMLElement) => MermaidEditor> => {
    const { createMermaidEditor } = await import('./mermaid-editor.ts')
    return (container) =>
      createMermaidEditor(container, {
        text: latest.current.text,
        name: 'Mermaid editor',
        onChange: (next) => {
          typed.current.push(next)
          latest.current.change(next)
        },
      })
  }
  const goToLine = (line: number): void => editor.current?.goToLine(line)
  const { drawing, diagram } = preview
  const exportAs = (kind: 'svg' | 'png'): void => {
    if (drawing === null) {
      toast('There is no drawing to save yet.')
    } else if (kind === 'svg') saveSvg(drawing, exercise.id)
    else savePng(drawing, exercise.id).catch(() => toast('The picture could not be made. The SVG can be.'))
  }
  useCommands([
    ...snippets.filter((snippet) => snippet.of === family).map((snippet) => ({ id: `diagram.insert.${snippet.id}`, title: `Insert: ${snippet.label}, ${snippet.detail}`, section: 'Exercise', run: () => editor.current?.insertSnippet(snippet.text) })),
    { id: 'diagram.drawing', title: 'Show the drawing', section: 'Exercise', keys: 'Alt+2', run: () => setTab('drawing') },
    { id: 'diagram.reading', title: 'Show what the grader reads', section: 'Exercise', keys: 'Alt+3', run: () => setTab('reading') },
    { id: 'diagram.svg', title: 'Save the drawing as SVG', section: 'Exercise', run: () => exportAs('svg') },
    { id: 'diagram.png', title: 'Save the drawing as PNG', section: 'Exercise', run: () => exportAs('png') },
  ])

  const meanings = useMemo(() => (diagram === null ? null : assignMeanings(diagram, exercise.meanings)), [diagram, exercise])
  return (
    <SplitPane direction="horizontal" storageKey="workspace.diagram.drawing" initial={0.42} min={240} label="Width of the text">
      {[
        <div key="text" className={styles.text}>
          <div className={styles.bar}>
            <Menu
              label="Insert"
              trigger={
                <Button icon="plus" size="compact">
                  Insert
                </Button>
              }
              items={snippets.filter((snippet) => snippet.of === family).map((snippet) => ({ id: snippet.id, label: `${snippet.label}: ${snippet.detail}`, run: () => editor.current?.insertSnippet(snippet.text) }))}
            />
            <Menu
              label="Save the drawing"
              trigger={
                <Button icon="download" size="compact" variant="quiet">
                  Save as
                </Button>
              }
              items={[
                { id: 'svg', label: 'Drawing as SVG', run: () => exportAs('svg') },
                { id: 'png', label: 'Drawing as PNG', run: () => exportAs('png') },
              ]}
            />
          </div>
          <EditorFrame
            load={load}
            onReady={(ready) => {
              editor.current = ready
              ready?.mark(preview.fault)
            }}
          />
        </div>,
        <div key="drawing" className={styles.side}>
          <Tabs
            fill
            label="Drawing"
            value={tab}
            onChange={setTab}
            items={[
              { id: 'drawing', label: 'Drawing', content: <DrawingPane preview={preview} title="Your drawing" onGoToLine={goToLine} /> },
              {
                id: 'reading',
                label: 'As read',
                content:
                  diagram === null || meanings === null ? (
                    <div className={styles.waiting}>
                      <EmptyState title="Nothing is read yet">As soon as the text is a diagram, this lists what the grader takes each node and arrow for.</EmptyState>
                    </div>
                  ) : (
                    <Reading diagram={diagram} meanings={meanings} onGoToLine={goToLine} />
                  ),
              },
              ...(isSolutionShown ? [{ id: 'compare', label: 'Beside the worked answer', content: <Comparison preview={preview} referenceAnswer={referenceAnswer} /> }] : []),
            ]}
          />
        </div>,
      ]}
    </SplitPane>
  )
}

/** Both drawings, in the same colours. */
function Comparison({ preview, referenceAnswer }: { preview: ReturnType<typeof usePreview>; referenceAnswer: string }) {
  const worked = usePreview(referenceAnswer)
  return (
    <div className={styles.comparison}>
      <DrawingPane preview={preview} title="Your drawing" showTitle />
      <DrawingPane preview={worked} title="Worked answer" showTitle />
    </div>
  )
}
