import { parameterNames } from '../../../../exercises/kinds/postgres/statements.ts'
import type { Table } from '../../../../exercises/kinds/postgres/tables.ts'
import type { SqlEditor } from '../editor/monaco.ts'
import { SqlEditorView } from '../editor/sql-editor.tsx'
import styles from './postgres.module.css'

interface SqlAnswerProps {
  initialText: string
  text: string
  /** Every client of an application runs it; else it runs once. */
  isClient: boolean
  hasStandby: boolean
  tables: readonly Table[]
  /** Those that the exercise binds. */
  parameters: readonly string[]
  onChange(text: string): void
  onReady(editor: SqlEditor | null): void
  onFocus(): void
}

/** An answer in SQL, apart from the sessions: a script, or what every client of an application runs. */
export function SqlAnswer({ initialText, text, isClient, hasStandby, tables, parameters, onChange, onReady, onFocus }: SqlAnswerProps) {
  // What a client keeps with \gset is bound by the client itself.
  const unknown = isClient && !text.includes('\\gset') ? parameterNames(text).filter((name) => !parameters.includes(name)) : []
  return (
    <div className={styles.sqlAnswer} onFocusCapture={onFocus}>
      <p className={styles.note}>
        {isClient ? 'Every client runs this, with values of its own' : 'This is checked'}
        {parameters.length > 0 && <> for {parameters.map((name) => `:${name}`).join(', ')}</>}.{' '}
        {isClient && (
          <>
            The client itself understands <code>\retry 40001 times 10</code>, <code>\gset</code>, <code>\if :name</code>, <code>\sleep</code>
            {hasStandby && (
              <>
                , <code>\connect standby</code>
              </>
            )}
            , each on a line.{' '}
          </>
        )}
        {unknown.length > 0 && <strong>Nobody binds {unknown.map((name) => `:${name}`).join(', ')}.</strong>}
      </p>
      <SqlEditorView dialect="postgres" initialText={initialText} name="Your answer" schema={tables} onChange={onChange} onReady={onReady} />
    </div>
  )
}
