import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Result } from '../../../../exercises/core/result.ts'
import { stepsOf, type DiagramOutline, type NodeStep } from './diagram-outline.ts'
import { readOutline } from './read-outline.ts'
import styles from './diagrams.module.css'

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`
}

function StepRow({ step, sequence, onGo }: { step: NodeStep; sequence: boolean; onGo: () => void }): ReactNode {
  return (
    <li className={styles.edge}>
      <span>
        {sequence ? `${step.position}. ` : ''}
        {step.direction === 'to' ? 'to' : 'from'}
      </span>
      <button type="button" onClick={onGo}>
        {step.other.label}
      </button>
      {step.label === '' ? null : <span className={styles.edgeLabel}>{step.label}</span>}
    </li>
  )
}

/** The diagram as a list: each node with its edges, each edge a way to the node at its other end. */
export function DiagramOutlineView({ source, title }: { source: string; title: string }): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  const [read, setRead] = useState<{ of: string; result: Result<DiagramOutline, string> } | null>(null)
  useEffect(() => {
    let current = true
    void readOutline(source).then((result) => {
      if (current) setRead({ of: source, result })
    })
    return () => {
      current = false
    }
  }, [source])

  if (read?.of !== source) return <p className={styles.summary}>Reading the outline</p>
  if (!read.result.ok) return <p className={styles.summary}>{read.result.error}</p>
  const outline = read.result.value
  const goTo = (id: string): void => {
    list.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus()
  }
  return (
    <>
      <p className={styles.summary}>
        {count(outline.nodes.length, 'node', 'nodes')}, {count(outline.edges.length, outline.sequence ? 'message' : 'edge', outline.sequence ? 'messages in order' : 'edges')}. Choose a name to go to it.
      </p>
      <ul ref={list} className={styles.nodes} aria-label={`Outline: ${title}`}>
        {outline.nodes.map((node) => {
          const steps = stepsOf(outline, node.id)
          return (
            <li key={node.id}>
              <span data-node={node.id} tabIndex={-1} className={styles.nodeName}>
                {node.label}
                {node.group === null ? null : <span className={styles.group}>in {node.group}</span>}
              </span>
              <ul>
                {steps.map((step, index) => (
                  <StepRow key={index} step={step} sequence={outline.sequence} onGo={() => goTo(step.other.id)} />
                ))}
                {outline.notes
                  .filter((note) => note.about === node.id)
                  .map((note) => (
                    <li key={note.text}>Note: {note.text}</li>
                  ))}
              </ul>
            </li>
          )
        })}
      </ul>
    </>
  )
}
