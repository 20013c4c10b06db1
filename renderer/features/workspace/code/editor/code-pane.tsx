import { useEffect, useId, useRef } from 'react'
import { filesOfAnswer, joinAnswer } from '../../../../../exercises/kinds/code/answer-files.ts'
import type { Diagnostic } from '../../../../../exercises/kinds/code/compile/compiler.ts'
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { Button, IconButton, Menu, Status } from '../../../../ui/index.ts'
import { AnswerFoot } from '../../bench/answer-foot.tsx'
import type { SavedState } from '../../draft.ts'
import { EditorFrame } from '../../editor/editor-frame.tsx'
import paneStyles from '../../editor/editor-pane.module.css'
import type { CodeLab, CompilerState } from '../lab/code-lab.ts'
import type { CodeEditor, EditorFile } from './code-monaco.ts'
import { FileTabs, tabIdOf } from './file-tabs.tsx'
import styles from './code-pane.module.css'

interface CodePaneProps {
  exercise: CodeExercise
  lab: CodeLab
  /** The answer that it holds at first. */
  initialAnswer: string
  shown: string
  diagnostics: readonly Diagnostic[] | null
  compiler: CompilerState
  saved: SavedState
  busy: boolean
  checking: boolean
  onShow(file: string): void
  onChange(answer: string): void
  /** The editor, once it is there; null when it goes. */
  onReady(editor: CodeEditor | null): void
  onRun(): void
  onCheck(): void
  onShowProblems(): void
  onReset(): void
}

/** The files of the program as tabs, then the tests that are shown. */
export function editorFiles(exercise: CodeExercise, answer: string): EditorFile[] {
  const given = new Set(exercise.files.flatMap((file) => (file.text === undefined ? [] : [file.name])))
  return [
    ...filesOfAnswer(exercise, answer).map(({ name, text }) => ({ name, text, isGiven: given.has(name) })),
    ...exercise.tests.flatMap(({ name, text, hidden }) => (hidden ? [] : [{ name, text, isGiven: true }])),
  ]
}

function CompilerStatus({ compiler, diagnostics, lab, onShowProblems }: Pick<CodePaneProps, 'compiler' | 'diagnostics' | 'lab' | 'onShowProblems'>) {
  if (compiler.name === 'failed') {
    return (
      <span className={styles.failed}>
        <Status state="crit">The compiler did not load</Status>
        <Button size="compact" onClick={() => void lab.prepare()}>
          Load it again
        </Button>
      </span>
    )
  }
  if (compiler.name === 'loading') return <Status state="unknown">Loading the compiler, {Math.round(compiler.share * 100)}%</Status>
  if (diagnostics === null) return <Status state="unknown">Checking the types</Status>
  if (diagnostics.length === 0) return <Status state="ok">No problems</Status>
  return (
    <button type="button" className={styles.problems} onClick={onShowProblems}>
      <Status state="crit">
        {diagnostics.length} {diagnostics.length === 1 ? 'problem' : 'problems'}
      </Status>
    </button>
  )
}

/** Where the program is written. The files are above it, the way to have it checked below. */
export function CodePane(props: CodePaneProps) {
  const { exercise, lab, initialAnswer, shown, diagnostics, compiler, saved, busy, checking, onShow, onChange, onReady, onRun, onCheck, onShowProblems, onReset } = props
  const panelId = useId()
  const editor = useRef<CodeEditor | null>(null)
  /** Loaded again after a failure, it goes on with what was typed. */
  const latest = useRef({ answer: initialAnswer, shown, diagnostics, onChange })
  useEffect(() => {
    latest.current = { ...latest.current, shown, diagnostics, onChange }
  })
  useEffect(() => editor.current?.show(shown), [shown])
  useEffect(() => {
    if (diagnostics !== null) editor.current?.mark(diagnostics)
  }, [diagnostics])

  const load = async (): Promise<(container: HTMLElement) => CodeEditor> => {
    const { createCodeEditor } = await import('./code-monaco.ts')
    return (container) =>
      createCodeEditor(container, {
        files: editorFiles(exercise, latest.current.answer),
        shown: latest.current.shown,
        name: 'Code editor',
        ask: (call, input) => lab.ask(call, input),
        answer: () => latest.current.answer,
        onChange: (texts) => {
          latest.current.answer = joinAnswer(exercise, texts)
          latest.current.onChange(latest.current.answer)
        },
      })
  }
  const problems = new Map<string, number>()
  for (const { file } of diagnostics ?? []) problems.set(file, (problems.get(file) ?? 0) + 1)

  return (
    <section className={paneStyles.pane} aria-label="Your answer">
      <div className={paneStyles.bar}>
        <FileTabs files={editorFiles(exercise, '')} shown={shown} problems={problems} panelId={panelId} onShow={onShow} />
        <Button icon="play" keys="Alt+Enter" onClick={onRun} disabled={busy} aria-label="Run the tests">
          Run tests
        </Button>
        <Menu
          label="More"
          align="end"
          trigger={<IconButton icon="more" label="More actions" />}
          items={[{ id: 'answer', label: 'Reset the answer to its start', icon: 'undo', run: onReset }]}
        />
      </div>
      <div id={panelId} role="tabpanel" aria-labelledby={tabIdOf(panelId, shown)} className={styles.editor}>
        <EditorFrame
          load={load}
          onReady={(ready) => {
            editor.current = ready
            if (latest.current.diagnostics !== null) ready?.mark(latest.current.diagnostics)
            onReady(ready)
          }}
        />
      </div>
      <AnswerFoot saved={saved} checking={checking} keys="Mod+Enter" onCheck={onCheck}>
        <span className={styles.status}>
          <CompilerStatus compiler={compiler} diagnostics={diagnostics} lab={lab} onShowProblems={onShowProblems} />
        </span>
      </AnswerFoot>
    </section>
  )
}
