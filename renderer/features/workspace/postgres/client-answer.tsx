import type { Table } from '../../../../exercises/kinds/postgres/tables.ts'
import { parameterNames } from '../../../../exercises/kinds/postgres/statements.ts'
import type { SqlEditor } from '../editor/monaco.ts'
import { SqlEditorView } from '../editor/sql-editor.tsx'
import styles from './postgres.module.css'

interface ClientAnswerProps {
  initialText: string
  text: string
  tables: readonly Table[]
  /** Those that the exercise binds. */
  parameters: readonly string[]
  onChange(text: string): void
  onReady(editor: SqlEditor | null): void
  onFocus(): void
}

/** What every client of an application runs, with its named parameters and its retries. */
export function ClientAnswer({ initialText, text, tables, parameters, onChange, onReady, onFocus }: ClientAnswerProps) {
  const unknown = parameterNames(text).filter((name) => !parameters.includes(name))
  return (
    <div className={styles.client} onFocusCapture={onFocus}>
      <p className={styles.clientNote}>
        Every client runs this. {parameters.length > 0 && <>It may use {parameters.map((name) => `:${name}`).join(', ')}. </>}
        A line such as <code>\retry 40001 times 10</code> runs all of it again after that error, as an application would.
        {unknown.length > 0 && <strong> Nobody binds {unknown.map((name) => `:${name}`).join(', ')}.</strong>}
      </p>
      <SqlEditorView dialect="postgres" initialText={initialText} name="Your answer" schema={tables} onChange={onChange} onReady={onReady} />
    </div>
  )
}
