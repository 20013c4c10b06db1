import type { ReactNode } from 'react'
import type { Cell } from '../../../../../exercises/kinds/postgres/session.ts'
import type { Table } from '../../../../../exercises/kinds/postgres/tables.ts'
import { Button, IconButton, Menu, SplitPane } from '../../../../ui/index.ts'
import type { MenuItem } from '../../../../ui/index.ts'
import type { SqlEditor } from '../../editor/monaco.ts'
import { SqlEditorView } from '../../editor/sql-editor.tsx'
import type { SessionView } from '../lab/postgres-lab.ts'
import { ParameterRow } from './parameter-row.tsx'
import { SessionState } from './session-state.tsx'
import { TerminalResults } from './terminal-results.tsx'
import styles from './terminal.module.css'

export interface TerminalActions {
  run(): void
  runStatement(): void
  explain(): void
  stop(): void
}

interface TerminalProps {
  session: SessionView
  /** Spoken name and heading. */
  title: string
  initialText: string
  text: string
  tables: readonly Table[]
  exerciseId: string
  parameters: Readonly<Record<string, Cell>>
  onParameter(name: string, value: Cell): void
  isReady: boolean
  actions: TerminalActions
  more: MenuItem[]
  /** Under the editor, such as the way to have the answer checked. */
  foot?: ReactNode
  /** Results under the editor; else they stand elsewhere. */
  hasResults: boolean
  onChange(text: string): void
  onReady(editor: SqlEditor | null): void
  onFocus(): void
  onReveal(offset: number): void
}

/** One session of the server: an editor, what its last run returned, and the state of its transaction. */
export function Terminal(props: TerminalProps) {
  const { session, title, hasResults } = props
  const editor = <TerminalEditor {...props} />
  return (
    <section className={styles.terminal} aria-label={title} data-session={session.name} onFocusCapture={props.onFocus}>
      {hasResults ? (
        <SplitPane direction="vertical" storageKey="workspace.postgres.terminal" initial={0.54} min={90} label={`Height of the editor of ${title}`}>
          {[
            editor,
            <div key="results" className={styles.results}>
              <TerminalResults session={session} exerciseId={props.exerciseId} text={props.text} onReveal={props.onReveal} />
            </div>,
          ]}
        </SplitPane>
      ) : (
        editor
      )}
    </section>
  )
}

function TerminalEditor({ session, title, initialText, tables, parameters, onParameter, isReady, actions, more, foot, onChange, onReady }: TerminalProps) {
  const busy = session.running !== null
  return (
    <div className={styles.editor}>
      <div className={styles.bar}>
        <h2 className={styles.name}>{title}</h2>
        <div className={styles.state}>
          <SessionState session={session} />
        </div>
        <span className={styles.space} />
        {busy ? (
          <Button size="compact" icon="stop" onClick={actions.stop}>
            Stop
          </Button>
        ) : (
          <>
            <Button size="compact" icon="play" keys="Mod+Enter" onClick={actions.run} disabled={!isReady} className={styles.widest}>
              Run
            </Button>
            <Button size="compact" icon="tree" variant="quiet" keys="Mod+e" onClick={actions.explain} disabled={!isReady} className={styles.widest}>
              Plan
            </Button>
            <Button size="compact" icon="play" onClick={actions.runStatement} disabled={!isReady} aria-keyshortcuts="Alt+Enter">
              <span className={styles.wide}>Run statement</span>
              <span className={styles.narrow}>Run</span>
            </Button>
          </>
        )}
        <Menu
          label={`More for ${title}`}
          align="end"
          trigger={<IconButton size="compact" icon="more" label={`More actions of ${title}`} />}
          items={[
            { id: 'all', label: 'Run all of it', keys: 'Mod+Enter', icon: 'play', run: actions.run, disabled: busy || !isReady },
            { id: 'statement', label: 'Run the statement at the caret', keys: 'Alt+Enter', run: actions.runStatement, disabled: busy || !isReady },
            { id: 'explain', label: 'Show the plan', keys: 'Mod+e', icon: 'tree', run: actions.explain, disabled: busy || !isReady },
            ...more,
          ]}
        />
      </div>
      {Object.keys(parameters).length > 0 && <ParameterRow session={session.name} parameters={parameters} onChange={onParameter} />}
      <SqlEditorView dialect="postgres" initialText={initialText} name={title} schema={tables} onChange={onChange} onReady={onReady} />
      {foot}
    </div>
  )
}
