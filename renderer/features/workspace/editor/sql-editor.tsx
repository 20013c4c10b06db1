import { useEffect, useRef } from 'react'
import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { DialectName } from './dialect.ts'
import { EditorFrame } from './editor-frame.tsx'
import type { SqlEditor } from './monaco.ts'

interface SqlEditorViewProps {
  /** What it holds at first; later changes come from the learner or through the handle. */
  initialText: string
  name: string
  dialect?: DialectName
  schema: readonly SchemaTable[]
  onChange(text: string): void
  /** The editor, once it is there; null when it goes. */
  onReady(editor: SqlEditor | null): void
}

/** The SQL editor in its frame. */
export function SqlEditorView({ initialText, name, dialect = 'sqlite', schema, onChange, onReady }: SqlEditorViewProps) {
  /** Loaded again after a failure, it goes on with what was typed. */
  const latest = useRef({ schema, onChange, text: initialText })
  useEffect(() => {
    latest.current = { ...latest.current, schema, onChange }
  })
  const load = async (): Promise<(container: HTMLElement) => SqlEditor> => {
    const { createSqlEditor } = await import('./monaco.ts')
    return (container) =>
      createSqlEditor(container, {
        text: latest.current.text,
        name,
        dialect,
        schema: () => latest.current.schema,
        onChange: (text) => {
          latest.current.text = text
          latest.current.onChange(text)
        },
      })
  }
  return <EditorFrame load={load} onReady={onReady} />
}
