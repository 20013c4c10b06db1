import { useEffect, useId, useRef, useState } from 'react'
import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import { announce } from '../../../app/announce.ts'
import { Button, Kbd, Skeleton } from '../../../ui/index.ts'
import type { SqlEditor } from './monaco.ts'
import { PanelError } from '../panel-state.tsx'
import styles from './sql-editor.module.css'

interface SqlEditorViewProps {
  /** What it holds at first; later changes come from the learner or through the handle. */
  initialText: string
  name: string
  schema: readonly SchemaTable[]
  onChange(text: string): void
  /** The editor, once it is there; null when it goes. */
  onReady(editor: SqlEditor | null): void
}

/** Monaco, loaded on first use, with its way out for the keyboard written under it. */
export function SqlEditorView({ initialText, name, schema, onChange, onReady }: SqlEditorViewProps) {
  const helpId = useId()
  const container = useRef<HTMLDivElement>(null)
  const [handle, setHandle] = useState<SqlEditor | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [tabLeaves, setTabLeaves] = useState(false)
  const latest = useRef({ schema, onChange, onReady, initialText, name })
  useEffect(() => {
    latest.current = { ...latest.current, schema, onChange, onReady }
  })

  useEffect(() => {
    let disposed = false
    let made: SqlEditor | null = null
    import('./monaco.ts')
      .then(({ createSqlEditor }) => {
        if (disposed || container.current === null) return
        made = createSqlEditor(container.current, {
          text: latest.current.initialText,
          name: latest.current.name,
          schema: () => latest.current.schema,
          onChange: (text) => {
            latest.current.initialText = text
            latest.current.onChange(text)
          },
        })
        container.current.querySelector('textarea, [role="textbox"]')?.setAttribute('aria-describedby', helpId)
        setHandle(made)
        latest.current.onReady(made)
      })
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
    return () => {
      disposed = true
      if (made === null) return
      made.dispose()
      setHandle(null)
      latest.current.onReady(null)
    }
  }, [attempt, helpId])

  const toggleTab = (): void => {
    const leaves = !tabLeaves
    setTabLeaves(leaves)
    handle?.setTabLeaves(leaves)
    announce(leaves ? 'Tab now leaves the editor.' : 'Tab now indents.')
  }

  return (
    <div className={styles.wrap}>
      {failure === null ? (
        // Ctrl+M is handled here, before Monaco sees it; every other key is Monaco's own.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
        <div
          ref={container}
          className={styles.editor}
          onKeyDownCapture={(event) => {
            if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'm') return
            event.preventDefault()
            event.stopPropagation()
            toggleTab()
          }}
        >
          {handle === null && (
            <div className={styles.loading}>
              <Skeleton lines={4} label="Loading the editor" />
            </div>
          )}
        </div>
      ) : (
        <PanelError
          title="The editor did not load"
          message="Your answer is safe: it was kept as you typed."
          details={failure}
          action={
            <Button
              onClick={() => {
                setFailure(null)
                setAttempt((last) => last + 1)
              }}
            >
              Try again
            </Button>
          }
        />
      )}
      <p id={helpId} className={styles.help}>
        {tabLeaves ? 'Tab leaves the editor.' : 'Tab indents.'} <Kbd keys="Ctrl+m" /> {tabLeaves ? 'to indent with Tab' : 'to leave with Tab'}
      </p>
    </div>
  )
}
