import type { SchemaTable, SqlParameters } from '../../../../exercises/kinds/sql/engine.ts'
import { Button, IconButton, Menu, Status } from '../../../ui/index.ts'
import { AnswerFoot } from '../bench/answer-foot.tsx'
import type { SavedState } from '../draft.ts'
import type { LabState } from '../session/lab-options.ts'
import type { SqlEditor } from './monaco.ts'
import { SqlEditorView } from './sql-editor.tsx'
import styles from './editor-pane.module.css'

export interface EditorActions {
  run(): void
  runStatement(): void
  explain(): void
  format(): void
  check(): void
  stop(): void
  resetAnswer(): void
  resetData(): void
}

interface EditorPaneProps {
  initialText: string
  /** Values of the named parameters when the learner runs. */
  parameters: SqlParameters
  schema: readonly SchemaTable[]
  state: LabState
  saved: SavedState
  checking: boolean
  actions: EditorActions
  onChange(text: string): void
  onReady(editor: SqlEditor | null): void
}

function DataState({ state }: { state: LabState }) {
  switch (state.name) {
    case 'opening':
      return <Status state="unknown">{state.progress === null ? 'Opening the data' : `Building the data, ${String(Math.round(state.progress * 100))}%`}</Status>
    case 'restoring':
      return <Status state="warn">Restoring the data</Status>
    case 'running':
      return <Status state="unknown">Running</Status>
    case 'failed':
      return <Status state="crit">No data</Status>
    case 'ready':
      return <Status state="ok">Data ready</Status>
  }
}

/** Where the answer is written. The way to run is above it, the way to have it checked below. */
export function EditorPane({ initialText, parameters, schema, state, saved, checking, actions, onChange, onReady }: EditorPaneProps) {
  const busy = state.name === 'running'
  return (
    <section className={styles.pane} aria-label="Your answer">
      <div className={styles.bar}>
        <Button icon="play" keys="Mod+Enter" onClick={actions.run} disabled={busy}>
          Run
        </Button>
        <Button keys="Alt+Enter" variant="quiet" onClick={actions.runStatement} disabled={busy} className={styles.wide}>
          Run statement
        </Button>
        <Button icon="tree" keys="Mod+e" variant="quiet" onClick={actions.explain} disabled={busy}>
          Plan
        </Button>
        <IconButton icon="format" label="Format the SQL" keys="Shift+Alt+f" onClick={actions.format} />
        <span className={styles.space} />
        <DataState state={state} />
        <Menu
          label="More"
          align="end"
          trigger={<IconButton icon="more" label="More actions" />}
          items={[
            { id: 'statement', label: 'Run the statement at the caret', keys: 'Alt+Enter', icon: 'play', run: actions.runStatement, disabled: busy },
            { id: 'format', label: 'Format the SQL', keys: 'Shift+Alt+f', icon: 'format', run: actions.format },
            { id: 'answer', label: 'Reset the answer to its start', icon: 'undo', run: actions.resetAnswer, separated: true },
            { id: 'data', label: 'Reset the data', icon: 'reset', run: actions.resetData },
          ]}
        />
      </div>
      {Object.keys(parameters).length > 0 && (
        <p className={styles.parameters}>
          Bound when you run:
          {Object.entries(parameters).map(([name, value]) => (
            <code key={name}>
              :{name} = {typeof value === 'string' ? `'${value}'` : String(value ?? 'NULL')}
            </code>
          ))}
        </p>
      )}
      <SqlEditorView initialText={initialText} name="SQL editor" schema={schema} onChange={onChange} onReady={onReady} />
      <AnswerFoot saved={saved} checking={checking} onCheck={actions.check} />
    </section>
  )
}
