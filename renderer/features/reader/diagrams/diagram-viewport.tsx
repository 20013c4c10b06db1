/** A picture that can be moved and magnified by pointer, wheel and keyboard. */
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type Ref } from 'react'
import { svgElement, type DrawnDiagram } from './draw-diagram.ts'
import { fitPicture, panPicture, panStepPx, zoomPicture, zoomStep, type Placement, type Size } from './pan-zoom.ts'
import styles from './diagrams.module.css'

export interface ViewportControls {
  zoom(factor: number): void
  fit(): void
  focus(): void
}

const keyMoves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [panStepPx, 0],
  ArrowRight: [-panStepPx, 0],
  ArrowUp: [0, panStepPx],
  ArrowDown: [0, -panStepPx],
}

/** `heightPx` null fills the parent. The picture fits its window until the learner moves it. */
export function DiagramViewport({
  ref,
  diagram,
  title,
  describedBy,
  heightPx,
}: {
  ref: Ref<ViewportControls>
  diagram: DrawnDiagram
  title: string
  describedBy: string
  heightPx: number | null
}): ReactNode {
  const viewport = useRef<HTMLDivElement>(null)
  const holder = useRef<HTMLDivElement>(null)
  const svgId = `diagram${useId().replace(/[^a-z0-9]/gi, '')}`
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  const [moved, setMoved] = useState<Placement | null>(null)
  const dragged = useRef<{ x: number; y: number } | null>(null)
  const placement = moved ?? fitPicture(diagram, size)

  useLayoutEffect(() => {
    const svg = svgElement(diagram, svgId, { title, describedBy })
    if (svg !== null) holder.current?.replaceChildren(svg)
  }, [diagram, svgId, title, describedBy])

  useLayoutEffect(() => {
    const element = viewport.current
    if (element === null) return
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const zoomAt = (factor: number, x: number, y: number): void =>
    setMoved((last) => zoomPicture(last ?? fitPicture(diagram, size), factor, x, y, diagram, size))
  const pan = (dx: number, dy: number): void => setMoved((last) => panPicture(last ?? fitPicture(diagram, size), dx, dy, diagram, size))

  useImperativeHandle(ref, () => ({
    zoom: (factor) => zoomAt(factor, size.width / 2, size.height / 2),
    fit: () => setMoved(null),
    focus: () => viewport.current?.focus({ preventScroll: true }),
  }))

  // React's wheel listener is passive, and this one must keep the page from zooming.
  useEffect(() => {
    const element = viewport.current
    if (element === null) return
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const factor = Math.exp(-event.deltaY / 300)
      setMoved((last) => zoomPicture(last ?? fitPicture(diagram, size), factor, event.clientX - box.left, event.clientY - box.top, diagram, size))
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }, [diagram, size])

  const pressKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = keyMoves[event.key]
    if (move !== undefined) pan(move[0], move[1])
    else if (event.key === '+' || event.key === '=') zoomAt(zoomStep, size.width / 2, size.height / 2)
    else if (event.key === '-') zoomAt(1 / zoomStep, size.width / 2, size.height / 2)
    else if (event.key === '0') setMoved(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const startDrag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    dragged.current = { x: event.clientX, y: event.clientY }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const from = dragged.current
    if (from === null) return
    dragged.current = { x: event.clientX, y: event.clientY }
    pan(event.clientX - from.x, event.clientY - from.y)
  }
  const endDrag = (): void => {
    dragged.current = null
  }

  return (
    // Like a map, a picture that moves both ways takes the arrow keys while it has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={viewport}
      role="application"
      aria-label={`${title}. Arrow keys move the picture, plus and minus magnify it, 0 fits it.`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles.viewport}
      style={heightPx === null ? undefined : { height: heightPx }}
      onKeyDown={pressKey}
      onPointerDown={startDrag}
      onPointerMove={drag}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
    >
      <div
        ref={holder}
        className={styles.picture}
        style={{ transform: `translate(${placement.x}px, ${placement.y}px) scale(${placement.scale})`, visibility: size.width === 0 ? 'hidden' : undefined }}
      />
    </div>
  )
}
