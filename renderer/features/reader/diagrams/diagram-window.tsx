import { Dialog } from 'radix-ui'
import { useId, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { Block } from '../../../../exercises/content/model.ts'
import { IconButton } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { DiagramOutlineView } from './diagram-outline-view.tsx'
import { DiagramViewport, type ViewportControls } from './diagram-viewport.tsx'
import type { DrawnDiagram } from './draw-diagram.ts'
import { zoomStep } from './pan-zoom.ts'
import styles from './diagrams.module.css'

/** A diagram over the whole window, with its outline beside it on request. Escape goes back to the text. */
export function DiagramWindow({
  diagram,
  source,
  title,
  description,
  returnTo,
  onClose,
}: {
  diagram: DrawnDiagram
  source: string
  title: string
  description: readonly Block[]
  /** Takes the focus back when the window closes. */
  returnTo: RefObject<HTMLElement | null>
  onClose: () => void
}): ReactNode {
  const controls = useRef<ViewportControls>(null)
  const wordsId = useId()
  const [outlined, setOutlined] = useState(false)
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.window}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The picture, so that arrows and + work at once.
            event.preventDefault()
            controls.current?.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnTo.current?.focus({ preventScroll: true })
          }}
        >
          <div className={styles.windowHead}>
            <Dialog.Title className={styles.windowTitle}>{title}</Dialog.Title>
            <span className={styles.tools}>
              <IconButton label="Zoom out" icon="zoom-out" keys="-" onClick={() => controls.current?.zoom(1 / zoomStep)} />
              <IconButton label="Zoom in" icon="zoom-in" keys="+" onClick={() => controls.current?.zoom(zoomStep)} />
              <IconButton label="Fit" icon="fit" keys="0" onClick={() => controls.current?.fit()} />
              <IconButton label="Outline" icon="tree" aria-expanded={outlined} onClick={() => setOutlined(!outlined)} />
              <Dialog.Close asChild>
                <IconButton label="Close" icon="close" keys="Escape" />
              </Dialog.Close>
            </span>
          </div>
          <div className={styles.windowBody}>
            <DiagramViewport ref={controls} diagram={diagram} title={title} describedBy={wordsId} heightPx={null} />
            <div className={styles.windowSide} hidden={!outlined}>
              <div id={wordsId}>
                <Blocks of={description} />
              </div>
              {outlined ? <DiagramOutlineView source={source} title={title} /> : null}
            </div>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
