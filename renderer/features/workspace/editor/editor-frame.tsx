import { useEffect, useId, useRef, useState } from 'react'
import { announce } from '../../../app/announce.ts'
import { Button, Kbd, Skeleton } from '../../../ui/index.ts'
import { PanelError } from '../panel-state.tsx'
import styles from './editor-frame.module.css'

/** What the frame asks of the editor in it. */
interface FramedEditor {
  setTabLeaves(leaves: boolean): void
  dispose(): void
}

interface EditorFrameProps<Editor extends FramedEditor> {
  /** Loads the editor's code; what it returns puts an editor into `container`. */
  load(): Promise<(container: HTMLElement) => Editor>
  /** The editor, once it is there; null when it goes. */
  onReady(editor: Editor | null): void
}

/** Monaco, loaded on first use, with its way out for the keyboard written under it. */
export function EditorFrame<Editor extends FramedEditor>({ load, onReady }: EditorFrameProps<Editor>) {
  const helpId = useId()
  const container = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [tabLeaves, setTabLeaves] = useState(false)
  const latest = useRef({ load, onReady })
  useEffect(() => {
    latest.current = { load, onReady }
  })

  useEffect(() => {
    let disposed = false
    let made: Editor | null = null
    latest.current
      .load()
      .then((create) => {
        if (disposed || container.current === null) return
        made = create(container.current)
        container.current.querySelector('textarea, [role="textbox"]')?.setAttribute('aria-describedby', helpId)
        setEditor(made)
        latest.current.onReady(made)
      })
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
    return () => {
      disposed = true
      if (made === null) return
      made.dispose()
      setEditor(null)
      latest.current.onReady(null)
    }
  }, [attempt, helpId])

  const toggleTab = (): void => {
    const leaves = !tabLeaves
    setTabLeaves(leaves)
    editor?.setTabLeaves(leaves)
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
          {editor === null && (
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
