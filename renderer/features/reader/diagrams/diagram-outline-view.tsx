import { useEffect, useRef, useState, type ReactNode } from 'react'
import { groupPath, stepsOf, type DiagramOutline, type OutlineStep } from '../../../../exercises/content/diagram-outline.ts'
import type { Result } from '../../../../exercises/core/result.ts'
import { outlineSource } from './outline-source.ts'
import styles from './diagrams.module.css'

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`
}

function StepRow({ step, outline, onGo }: { step: OutlineStep; outline: DiagramOutline; onGo: () => void }): ReactNode {
  const { edge } = step
  const isLoop = edge.from === edge.to
  const around = groupPath(outline, edge.group).join(', ')
  return (
    <li className={styles.edge}>
      <span>
        {outline.isOrdered ? `${step.position}. ` : ''}
        {edge.isNote ? (isLoop ? 'Note:' : 'Note, with') : step.direction}
      </span>
      {edge.isNote && isLoop ? null : (
        <button type="button" onClick={onGo}>
          {isLoop ? 'itself' : step.other.label}
        </button>
      )}
      {edge.label === '' ? null : <span className={styles.edgeLabel}>{edge.label}</span>}
      {around === '' ? null : <span className={styles.group}>in {around}</span>}
    </li>
  )
}

/** The diagram as a list: each node with its edges, each edge a way to the node at its other end. */
export function DiagramOutlineView({ source, title }: { source: string; title: string }): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  const [read, setRead] = useState<{ of: string; result: Result<DiagramOutline, string> } | null>(null)
  useEffect(() => {
    let current = true
    void outlineSource(source).then((result) => {
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
  // An arrow may lead to a box; then the box is an entry too.
  const boxes = outline.groups.filter((group) => stepsOf(outline, group.id).length > 0).map((group) => ({ id: group.id, label: group.label, group: group.parent, details: [] }))
  const messages = outline.edges.filter((edge) => edge.isNote !== true).length
  return (
    <>
      <p className={styles.summary}>
        {count(outline.nodes.length, 'node', 'nodes')}, {outline.isOrdered ? count(messages, 'message', 'messages in order') : count(messages, 'edge', 'edges')}. Choose a name to go to it.
      </p>
      <ul ref={list} className={styles.nodes} aria-label={`Outline: ${title}`}>
        {[...outline.nodes, ...boxes].map((node) => (
          <li key={node.id}>
            <span data-node={node.id} tabIndex={-1} className={styles.nodeName}>
              {node.label}
              {node.group === null ? null : <span className={styles.group}>in {groupPath(outline, node.group).join(', ')}</span>}
            </span>
            <ul>
              {node.details.map((detail, index) => (
                <li key={`detail ${String(index)}`} className={styles.detail}>
                  {detail}
                </li>
              ))}
              {stepsOf(outline, node.id).map((step) => (
                <StepRow key={step.position} step={step} outline={outline} onGo={() => goTo(step.other.id)} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  )
}
