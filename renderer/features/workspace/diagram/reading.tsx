import type { ReactNode } from 'react'
import type { Diagram } from '../../../../exercises/kinds/diagram/diagram.ts'
import { atLine, describeEdge } from '../../../../exercises/kinds/diagram/describe.ts'
import type { Meanings } from '../../../../exercises/kinds/diagram/meaning.ts'
import styles from './diagram.module.css'

interface ReadingProps {
  diagram: Diagram
  meanings: Meanings
  onGoToLine(line: number): void
}

/** A line of the list; where its place is known, a way to it. */
function Row({ line, onGoToLine, children }: { line: number | null; onGoToLine(line: number): void; children: ReactNode }) {
  return (
    <li>
      {line === null ? (
        children
      ) : (
        <button type="button" className={styles.rowLink} onClick={() => onGoToLine(line)}>
          {children}
        </button>
      )}
    </li>
  )
}

/** What the grader understood, as it understood it: what each node was taken for, and every arrow. */
export function Reading({ diagram, meanings, onGoToLine }: ReadingProps) {
  const isSequence = diagram.kind === 'sequence'
  const titleOf = (id: string): string => diagram.groups.find((group) => group.id === id)?.title ?? id
  return (
    // A scrolling area must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.reading} tabIndex={0} aria-label="What the grader reads">
      <h3>{isSequence ? 'Participants' : 'Nodes'}</h3>
      <ul>
        {diagram.nodes.map((thing) => {
          const meaning = meanings.of(thing.id)
          return (
            <Row key={thing.id} line={thing.line} onGoToLine={onGoToLine}>
              <span className={styles.name}>{thing.title}</span>{' '}
              <span className={styles.quiet}>
                {meaning === null ? 'taken for nothing that is asked for' : `taken for ${meanings.called(meaning)}`}
                {thing.shape === 'decision' ? ', a decision' : thing.shape === 'store' ? ', a store' : ''}
                {thing.group === null ? '' : `, inside ${titleOf(thing.group)}`}
              </span>
            </Row>
          )
        })}
      </ul>
      {diagram.groups.length > 0 ? (
        <>
          <h3>{isSequence ? 'Boxes' : 'Subgraphs'}</h3>
          <ul>
            {diagram.groups.map((group) => {
              const meaning = meanings.of(group.id)
              const inside = [...diagram.nodes.filter((node) => node.group === group.id), ...diagram.groups.filter((one) => one.parent === group.id)].map((one) => one.title)
              return (
                <Row key={group.id} line={group.line} onGoToLine={onGoToLine}>
                  <span className={styles.name}>{group.title}</span>{' '}
                  <span className={styles.quiet}>
                    {inside.length === 0 ? 'holds nothing' : `holds ${inside.join(', ')}`}
                    {meaning === null ? '' : `, taken for ${meanings.called(meaning)}`}
                  </span>
                </Row>
              )
            })}
          </ul>
        </>
      ) : null}
      <h3>{isSequence ? 'Messages, in order' : 'Arrows'}</h3>
      {diagram.edges.length === 0 ? <p className={styles.quiet}>None yet.</p> : null}
      <ol>
        {diagram.edges.map((edge, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={index} line={edge.line} onGoToLine={onGoToLine}>
            {describeEdge(diagram, edge)}
            {edge.arrow === 'none' ? <span className={styles.quiet}> no head, so no direction</span> : null}
            {'blocks' in edge && edge.blocks.length > 0 ? (
              <span className={styles.quiet}>
                {' '}
                in {edge.blocks.map(({ block, branch }) => (diagram.kind === 'sequence' ? `${diagram.blocks[block]?.kind ?? ''} "${diagram.blocks[block]?.branches[branch] ?? ''}"` : '')).join(', ')}
              </span>
            ) : null}
          </Row>
        ))}
      </ol>
      {isSequence && diagram.notes.length > 0 ? (
        <>
          <h3>Notes</h3>
          <ul>
            {diagram.notes.map((note) => (
              <Row key={note.label} line={note.line} onGoToLine={onGoToLine}>
                {note.label}
                <span className={styles.quiet}>{atLine(note.line)}</span>
              </Row>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
