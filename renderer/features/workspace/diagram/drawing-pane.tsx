import { useId, useRef, useState } from 'react'
import { IconButton, Status } from '../../../ui/index.ts'
import { DiagramViewport, type ViewportControls } from '../../reader/diagrams/diagram-viewport.tsx'
import { DiagramWindow } from '../../reader/diagrams/diagram-window.tsx'
import { zoomStep } from '../../reader/diagrams/pan-zoom.ts'
import { CodeText } from '../code-text.tsx'
import type { Preview } from './use-preview.ts'
import styles from './diagram.module.css'

interface DrawingPaneProps {
  preview: Preview
  /** Said to who cannot see it, and shown when two drawings stand side by side. */
  title: string
  showTitle?: boolean
  onGoToLine?: ((line: number) => void) | undefined
}

const noWords = [] as const

/** A drawing that can be moved and magnified; the last good one stays while the text has an error. */
export function DrawingPane({ preview, title, showTitle = false, onGoToLine }: DrawingPaneProps) {
  const controls = useRef<ViewportControls>(null)
  const expand = useRef<HTMLButtonElement>(null)
  const [enlarged, setEnlarged] = useState(false)
  const wordsId = useId()
  const { drawing, diagram, fault } = preview
  const isEmpty = fault !== null && drawing === null && preview.of?.trim() === ''
  return (
    <section className={styles.drawing} aria-label={title}>
      <div className={styles.drawingHead}>
        {showTitle ? <span className={styles.name}>{title}</span> : <span />}
        <span className={styles.tools}>
          <IconButton label="Zoom out" icon="zoom-out" keys="-" onClick={() => controls.current?.zoom(1 / zoomStep)} />
          <IconButton label="Zoom in" icon="zoom-in" keys="+" onClick={() => controls.current?.zoom(zoomStep)} />
          <IconButton label="Fit" icon="fit" keys="0" onClick={() => controls.current?.fit()} />
          <IconButton ref={expand} label="Open in the full window" icon="expand" disabled={drawing === null} onClick={() => setEnlarged(true)} />
        </span>
      </div>
      <div className={styles.canvas} data-stale={fault !== null && drawing !== null ? '' : undefined}>
        {drawing !== null && <DiagramViewport ref={controls} diagram={drawing} title={title} describedBy={wordsId} heightPx={null} />}
        {isEmpty && <p className={styles.waiting}>The drawing appears here as you write. Begin with what is drawn, such as flowchart LR.</p>}
      </div>
      <p id={wordsId} className="visually-hidden">
        {diagram === null ? 'Nothing is drawn yet.' : `${String(diagram.nodes.length)} ${diagram.kind === 'sequence' ? 'participants' : 'nodes'} and ${String(diagram.edges.length)} ${diagram.kind === 'sequence' ? 'messages' : 'arrows'}. The tab "As read" lists them.`}
      </p>
      <div aria-live="polite">
        {fault !== null && !isEmpty && (
          <div className={styles.fault}>
            <Status state="crit">Not drawn yet</Status>
            <p>
              <CodeText text={fault.message} />
              {drawing === null ? '' : ' The drawing above is from before this error.'}
            </p>
            {onGoToLine !== undefined && (
              <button type="button" className={styles.rowLink} onClick={() => onGoToLine(fault.line)}>
                Go to line {fault.line}
              </button>
            )}
          </div>
        )}
      </div>
      {enlarged && drawing !== null && <DiagramWindow diagram={drawing} source={preview.of ?? ''} title={title} description={noWords} returnTo={expand} onClose={() => setEnlarged(false)} />}
    </section>
  )
}
