/** A diagram in the text: drawn when it comes near, with its words, its outline and a full-window view. */
import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { Result } from '../../../../exercises/core/result.ts'
import type { Block } from '../../../../exercises/content/model.ts'
import { Button, IconButton, Skeleton } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { usePrinting } from '../printing.ts'
import { DiagramOutlineView } from './diagram-outline-view.tsx'
import { useDiagramColours } from './diagram-theme.ts'
import { DiagramViewport, type ViewportControls } from './diagram-viewport.tsx'
import { DiagramWindow } from './diagram-window.tsx'
import { drawDiagram, drawnAlready, type DrawnDiagram } from './draw-diagram.ts'
import { guessHeight, readableScale, windowHeight, zoomStep } from './pan-zoom.ts'
import styles from './diagrams.module.css'

/** A picture taller than usual is shown smaller while that can be read; the full window shows it whole. */
const heights = { usualPx: 560, mostPx: 1000 }
/** Border and margins between a figure and its picture, both sides. */
const framePx = 26
/** What a wide figure of a section takes of the section's padding, both sides. */
const outdentPx = 48
/** Drawing starts this far ahead, so that the picture is there when the reader is. */
const aheadPx = 900

type Drawing = Result<DrawnDiagram, string>

/**
 * The drawing once the figure has come near; redrawn when the theme changes, with the old one shown meanwhile. `current`
 * is false while it is missing or of another theme.
 */
function useDrawing(source: string, near: boolean): { drawing: Drawing | null; current: boolean } {
  const { key, colours } = useDiagramColours()
  const [drawing, setDrawing] = useState<{ of: string; key: string; result: Drawing } | null>(null)
  const known = near ? drawnAlready(source, key) : null
  useEffect(() => {
    if (!near) return
    let wanted = true
    void drawDiagram(source, key, colours).then((result) => {
      if (wanted) setDrawing({ of: source, key, result })
    })
    return () => {
      wanted = false
    }
  }, [source, key, colours, near])
  const last = drawing?.of === source ? drawing : null
  return { drawing: near ? (known ?? last?.result ?? null) : null, current: known !== null || last?.key === key }
}

function DiagramProblem({ message, source }: { message: string; source: string }): ReactNode {
  return (
    <div className={styles.problem}>
      <p>This diagram could not be drawn. Its description and source follow; the rest of the chapter is not affected.</p>
      <pre className={styles.problemText}>{message}</pre>
      <pre className={styles.problemText}>{source}</pre>
    </div>
  )
}

/** Draws one diagram of the text. */
export function DiagramFigure({ diagram }: { diagram: Extract<Block, { t: 'diagram' }> }): ReactNode {
  const figure = useRef<HTMLElement>(null)
  const controls = useRef<ViewportControls>(null)
  const expand = useRef<HTMLButtonElement>(null)
  const titleId = useId()
  const wordsId = useId()
  const outlineId = useId()
  const [seen, setSeen] = useState(false)
  const [column, setColumn] = useState({ widthPx: 0, outdentPx: 0 })
  const [outlined, setOutlined] = useState(false)
  const [enlarged, setEnlarged] = useState(false)
  const isPrinting = usePrinting() !== null
  const near = seen || isPrinting
  const { drawing, current } = useDrawing(diagram.source, near)

  useEffect(() => {
    const element = figure.current
    if (element === null || seen) return
    const scroller = element.closest('main')
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.find((candidate) => candidate.isIntersecting)
        if (entry === undefined) return
        setSeen(true)
      },
      { root: scroller, rootMargin: `${aheadPx}px 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [seen])

  // The column and not the figure, whose own width follows from this.
  useLayoutEffect(() => {
    const parent = figure.current?.parentElement
    if (!seen || parent === null || parent === undefined) return
    const measure = (): void => setColumn({ widthPx: parent.clientWidth, outdentPx: parent.dataset['kind'] === 'diagram' ? outdentPx : 0 })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(parent)
    return () => observer.disconnect()
  }, [seen])

  const picture = drawing?.ok === true ? drawing.value : null
  const roomPx = column.widthPx - framePx
  const isWide = picture !== null && picture.width > roomPx
  const windowPx = isWide ? roomPx + column.outdentPx : roomPx
  const heightPx = picture === null ? Math.min(heights.usualPx, guessHeight(diagram.source)) : windowHeight(picture, windowPx, heights)
  const scale = picture === null || column.widthPx === 0 ? 1 : Math.min(windowPx / picture.width, heightPx / picture.height)
  return (
    <figure ref={figure} className={styles.figure} aria-labelledby={titleId} data-drawing={current ? undefined : ''} data-wide={isWide ? '' : undefined}>
      <figcaption className={styles.head}>
        <span id={titleId} className={styles.title}>
          {diagram.title}
        </span>
        <span className={styles.tools}>
          <IconButton label="Zoom out" icon="zoom-out" keys="-" onClick={() => controls.current?.zoom(1 / zoomStep)} />
          <IconButton label="Zoom in" icon="zoom-in" keys="+" onClick={() => controls.current?.zoom(zoomStep)} />
          <IconButton label="Fit" icon="fit" keys="0" onClick={() => controls.current?.fit()} />
          <IconButton label="Outline" icon="tree" aria-expanded={outlined} aria-controls={outlined ? outlineId : undefined} onClick={() => setOutlined(!outlined)} />
          <IconButton ref={expand} label="Open in the full window" icon="expand" onClick={() => setEnlarged(true)} />
        </span>
      </figcaption>
      {drawing?.ok === true ? (
        <DiagramViewport ref={controls} diagram={drawing.value} title={diagram.title} describedBy={wordsId} heightPx={heightPx} />
      ) : drawing === null ? (
        <div className={styles.waiting} style={{ height: heightPx }}>
          {near ? <Skeleton lines={4} label="Drawing the diagram" /> : null}
        </div>
      ) : (
        <DiagramProblem message={drawing.error} source={diagram.source} />
      )}
      {scale < readableScale - 0.02 ? (
        <p className={styles.small}>
          Shown at {Math.round(scale * 100)}%.
          <Button size="compact" variant="quiet" onClick={() => setEnlarged(true)}>
            Read it in the full window
          </Button>
        </p>
      ) : null}
      {outlined ? (
        <div id={outlineId} className={styles.outline}>
          <DiagramOutlineView source={diagram.source} title={diagram.title} />
        </div>
      ) : null}
      <details className={styles.words} open={drawing?.ok === false || (isPrinting && drawing === null) ? true : undefined}>
        <summary>In words</summary>
        <div id={wordsId}>
          <Blocks of={diagram.description} />
        </div>
      </details>
      {drawing?.ok === true && enlarged ? (
        <DiagramWindow diagram={drawing.value} source={diagram.source} title={diagram.title} description={diagram.description} returnTo={expand} onClose={() => setEnlarged(false)} />
      ) : null}
    </figure>
  )
}
