/** A live figure in the text: its picture, what to try, and the same in words. On paper the words stand for it. */
import { Suspense, useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Block } from '../../../../exercises/content/model.ts'
import { ErrorBoundary } from '../../../app/error-boundary.tsx'
import { Skeleton } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { useFigures } from './use-figures.ts'
import styles from './figure-block.module.css'

type Figure = Extract<Block, { t: 'figure' }>

/** Fetching starts this far ahead, so that the figure is there when the reader is. */
const aheadPx = 900

const waiting = (
  <div className={styles.waiting}>
    <Skeleton lines={6} label="Fetching the figure" />
  </div>
)

function Picture({ figure }: { figure: Figure }): ReactNode {
  const figures = useFigures()
  if (figures === null) return waiting
  const View = figures[figure.type]
  return (
    <Suspense fallback={waiting}>
      <View id={figure.id} attributes={figure.attributes} />
    </Suspense>
  )
}

/** Draws one live figure of the text. */
export function FigureBlock({ figure }: { figure: Figure }): ReactNode {
  const element = useRef<HTMLElement>(null)
  const titleId = useId()
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (element.current === null || near) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setNear(true), { root: element.current.closest('main'), rootMargin: `${aheadPx}px 0px` })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [near])
  return (
    <figure ref={element} className={styles.figure} aria-labelledby={titleId}>
      <figcaption className={styles.head}>
        <span id={titleId} className={styles.title}>
          {figure.title}
        </span>
        <span className={styles.ask}>{figure.ask}</span>
      </figcaption>
      <div className={styles.picture} data-figure={figure.type}>
        {near ? (
          <ErrorBoundary region="The figure">
            <Picture figure={figure} />
          </ErrorBoundary>
        ) : (
          <div className={styles.waiting} />
        )}
      </div>
      <details className={styles.words}>
        <summary>In words</summary>
        <div>
          <Blocks of={figure.description} />
        </div>
      </details>
      <div className={styles.onPaper}>
        <Blocks of={figure.description} />
      </div>
    </figure>
  )
}
