import { useCallback, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { BundleOf } from '../../../main/api/index.ts'
import { useCommands } from '../../app/commands.tsx'
import { useToast } from '../../app/toast.tsx'
import { Button, ProgressBar, SplitPane, Tabs } from '../../ui/index.ts'
import { AttemptsPanel } from './attempts/attempts-panel.tsx'
import { useExerciseCommands, useHelp, useReport } from './bench/use-help.ts'
import { Brief } from './brief/brief.tsx'
import type { Draft } from './draft.ts'
import { EditorPane } from './editor/editor-pane.tsx'
import type { EditorActions } from './editor/editor-pane.tsx'
import { formatSql } from './editor/format.ts'
import type { SqlEditor } from './editor/monaco.ts'
import { GradePanel } from './grade/grade-panel.tsx'
import { createSqlGrader } from './grade/create-sql-grader.ts'
import { useGrading } from './grade/use-grading.ts'
import { HistoryPanel } from './history/history-panel.tsx'
import { parseHistory, withRun } from './history/history.ts'
import type { HistoryEntry } from './history/history.ts'
import { PlanPanel } from './plan/plan-panel.tsx'
import { WorkloadPanel } from './plan/workload-panel.tsx'
import { RunResults } from './results/run-results.tsx'
import { runPhrase } from './results/run-text.ts'
import { SchemaBrowser } from './schema/schema-browser.tsx'
import type { RunOutcome } from './session/lab-options.ts'
import type { ChangesDraft } from './session/use-lab.ts'
import { useLab } from './session/use-lab.ts'
import { RebuiltNote } from './session/rebuilt-note.tsx'
import type { Piece } from './session/use-runs.ts'
import { useRuns } from './session/use-runs.ts'
import { PanelError } from './panel-state.tsx'
import styles from './workspace.module.css'

type TabId = 'results' | 'plan' | 'workload' | 'schema' | 'history' | 'checks' | 'attempts'
const tabIds: readonly TabId[] = ['results', 'plan', 'workload', 'schema', 'history', 'checks', 'attempts']

interface SqlBenchProps {
  bundle: BundleOf<'sql'>
  answer: Draft
  initialAnswer: string | null
  history: Draft
  initialHistory: string | null
  changes: ChangesDraft
}

/** Brief, editor and results of one SQL exercise. */
export function SqlBench({ bundle, answer, initialAnswer, history, initialHistory, changes }: SqlBenchProps) {
  const { exercise } = bundle
  const help = useHelp(bundle)
  const toast = useToast()
  const lab = useLab(bundle, changes)
  const makeGrader = useCallback(() => createSqlGrader(bundle), [bundle])
  const grading = useGrading(exercise, makeGrader, help.hintsShown, lab.state.name === 'ready')
  const report = useReport(bundle, grading.state)
  const editor = useRef<SqlEditor | null>(null)
  const [text, setText] = useState(initialAnswer ?? exercise.starter)
  const [tab, setTab] = useState<TabId>(exercise.workload.length > 0 ? 'workload' : 'results')
  const [runsDone, setRunsDone] = useState(() => parseHistory(initialHistory))

  const keepHistory = history.keep
  const historyNow = useRef(runsDone)
  const changeHistory = useCallback(
    (entries: HistoryEntry[]) => {
      historyNow.current = entries
      setRunsDone(entries)
      keepHistory(JSON.stringify(entries))
    },
    [keepHistory],
  )
  const onRun = useCallback(
    (piece: Piece, outcome: RunOutcome) => {
      if (outcome.state === 'failed') {
        const { message, start, end } = outcome.failure
        editor.current?.mark({ message, start: piece.start + start, end: piece.start + end })
      } else editor.current?.mark(null)
      const entry = { sql: piece.text, at: Date.now(), elapsedMs: outcome.elapsedMs, outcome: runPhrase(outcome), succeeded: outcome.state === 'done' }
      changeHistory(withRun(historyNow.current, entry))
    },
    [changeHistory],
  )
  const runs = useRuns(lab, onRun)

  const runPiece = (piece: Piece): void => {
    if (lab.state.name === 'running') return
    setTab('results')
    void runs.run(piece)
  }
  const replaceAnswer = (next: string, says: string): void => {
    const before = editor.current?.text() ?? text
    editor.current?.replaceText(next)
    toast(says, { label: 'Undo', run: () => editor.current?.replaceText(before) })
  }
  const pieceAtCaret = (): Piece | null => editor.current?.selection() ?? editor.current?.statement() ?? null
  const actions: EditorActions = {
    run: () => runPiece({ text: editor.current?.text() ?? text, start: 0 }),
    runStatement: () => {
      const piece = pieceAtCaret()
      if (piece) runPiece(piece)
    },
    explain: () => {
      const piece = pieceAtCaret()
      if (piece === null) return
      setTab('plan')
      void runs.explain(piece.text)
    },
    format: () => {
      void formatSql(editor.current?.text() ?? text).then((formatted) => {
        if (formatted.ok) editor.current?.replaceText(formatted.text)
        else toast(formatted.message)
      })
    },
    check: () => {
      setTab('checks')
      void grading.check(editor.current?.text() ?? text)
    },
    stop: () => void lab.stop(),
    resetAnswer: () => replaceAnswer(exercise.starter, 'The answer is back at its start.'),
    resetData: () => {
      void lab.reset().then(() => toast('The data is as it was given.'))
    },
  }
  const insert = (sql: string): void => editor.current?.insert(sql)
  const isRunning = lab.state.name === 'running'

  useExerciseCommands({ check: actions.check, showHint: help.showHint, focusAnswer: () => editor.current?.focus(), resetAnswer: actions.resetAnswer })
  useCommands([
    { id: 'sql.run', title: 'Run the editor', section: 'Exercise', keys: 'Mod+Enter', run: actions.run },
    { id: 'sql.runStatement', title: 'Run the selection or the statement at the caret', section: 'Exercise', keys: 'Alt+Enter', run: actions.runStatement },
    { id: 'sql.explain', title: 'Show the plan', section: 'Exercise', keys: 'Mod+e', run: actions.explain },
    { id: 'sql.format', title: 'Format the SQL', section: 'Exercise', keys: 'Shift+Alt+f', run: actions.format },
    { id: 'sql.stop', title: 'Stop the running query', section: 'Exercise', keys: 'Escape', run: actions.stop, enabled: isRunning },
    ...tabIds.map((id, index) => ({
      id: `sql.tab.${id}`,
      title: `Show ${id}`,
      section: 'Exercise',
      keys: `Alt+${String(index + 2)}`,
      run: () => {
        setTab(id)
        document.querySelector<HTMLElement>(`[data-tab-panel="${id}"]`)?.closest<HTMLElement>('[role="tabpanel"]')?.focus()
      },
    })),
    { id: 'sql.resetData', title: 'Reset the data', section: 'Exercise', run: actions.resetData },
  ])

  // Escape stops a query also while the editor has the focus, where it is otherwise Monaco's.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && lab.stop()) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  const panels: Record<TabId, { label: string; content: React.ReactNode }> = {
    results: {
      label: 'Results',
      content: (
        <RunResults
          last={runs.last}
          state={lab.state}
          limitMs={exercise.limits.timeMs}
          exerciseId={exercise.id}
          answer={text}
          onStop={actions.stop}
          onReveal={(offset) => editor.current?.reveal(offset)}
          onResetAndRun={() => void lab.reset().then(actions.run)}
        />
      ),
    },
    plan: { label: 'Plan', content: <PlanPanel shown={runs.plan} onForgetBefore={runs.forgetBefore} /> },
    workload: { label: 'Workload', content: <WorkloadPanel workload={lab.workload} onInsert={insert} /> },
    schema: { label: 'Schema', content: <SchemaBrowser schema={lab.schema} onInsert={insert} /> },
    history: {
      label: 'History',
      content: (
        <HistoryPanel
          history={runsDone}
          onInsert={insert}
          onClear={() => {
            changeHistory([])
            toast('The history is empty.', { label: 'Undo', run: () => changeHistory(runsDone) })
          }}
        />
      ),
    },
    checks: {
      label: 'Checks',
      content: (
        <GradePanel
          state={grading.state}
          next={help.next}
          beforeCheck="It is also run on data that you do not see."
          onCheck={actions.check}
          onGoToLine={(line) => editor.current?.reveal(offsetOfLine(editor.current.text(), line))}
          onReport={report}
        />
      ),
    },
    attempts: { label: 'Attempts', content: <AttemptsPanel exerciseId={exercise.id} current={text} onPutBack={(earlier) => replaceAnswer(earlier, 'The earlier answer is back in the editor.')} /> },
  }
  const shown = tabIds.filter((id) => id !== 'workload' || exercise.workload.length > 0)

  return (
    // Escape is heard on the way down to the editor.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.workspace} onKeyDownCapture={isRunning ? onKeyDown : undefined}>
      <SplitPane direction="horizontal" storageKey="workspace.brief" initial={0.34} min={300} label="Width of the brief">
        {[
          <Brief key="brief" help={help} grade={grading.state.name === 'graded' ? grading.state.grade : null} />,
          <SplitPane key="work" direction="vertical" storageKey="workspace.results" initial={0.46} min={180} label="Height of the editor">
            {[
              <EditorPane
                key="editor"
                initialText={text}
                parameters={exercise.parameters}
                schema={lab.schema}
                state={lab.state}
                saved={answer.saved}
                checking={grading.state.name === 'checking'}
                actions={actions}
                onChange={(next) => {
                  setText(next)
                  answer.keep(next)
                }}
                onReady={(ready) => {
                  editor.current = ready
                }}
              />,
              <section key="results" className={styles.results} aria-label="Results">
                {lab.state.name === 'opening' && lab.state.progress !== null && (
                  <div className={styles.building}>
                    <span>Building the data for the first time</span>
                    <ProgressBar value={lab.state.progress} label="Building the data" />
                  </div>
                )}
                {lab.rebuilt !== null && <RebuiltNote rebuilt={lab.rebuilt} onReset={actions.resetData} onDismiss={lab.dismissRebuilt} />}
                {lab.state.name === 'failed' ? (
                  <PanelError
                    title="The data could not be opened"
                    message="Your answer and your progress are safe. Reset the data to build it again."
                    details={lab.state.message}
                    action={<Button onClick={actions.resetData}>Reset the data</Button>}
                  />
                ) : (
                  <Tabs
                    fill
                    label="Results and tools"
                    value={tab}
                    onChange={(id) => setTab(tabIds.find((one) => one === id) ?? 'results')}
                    items={shown.map((id) => ({
                      id,
                      label: panels[id].label,
                      content: (
                        <div className={styles.panel} data-tab-panel={id}>
                          {panels[id].content}
                        </div>
                      ),
                    }))}
                  />
                )}
              </section>,
            ]}
          </SplitPane>,
        ]}
      </SplitPane>
    </div>
  )
}

/** Offset of the first character of a 1-based line. */
function offsetOfLine(text: string, line: number): number {
  return text.split('\n').slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
}
