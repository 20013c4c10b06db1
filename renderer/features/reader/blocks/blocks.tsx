/** Blocks of compiled content, drawn with React only. The reader and the workspace's briefs share these. */
import { memo, useId, useRef, type ReactNode } from 'react'
import type { Block } from '../../../../exercises/content/model.ts'
import { CodeBlock } from './code-block.tsx'
import { Inlines } from './inline.tsx'
import { useInteractiveBlocks, type InteractiveBlock } from './interactive-blocks.ts'
import { useScrollStop } from './scroll-stop.ts'
import styles from './blocks.module.css'

type Of<T extends Block['t']> = Extract<Block, { t: T }>

function ListBlock({ block }: { block: Of<'list'> }): ReactNode {
  const items = block.items.map((item, index) => (
    <li key={index}>
      <Blocks of={item} />
    </li>
  ))
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
}

function TableBlock({ block }: { block: Of<'table'> }): ReactNode {
  const ref = useRef<HTMLDivElement>(null)
  const stop = useScrollStop(ref, 'Table', block.head.length > 4)
  return (
    <div ref={ref} className={styles.tableScroll} {...stop}>
      <table className={styles.table}>
        <thead>
          <tr>
            {block.head.map((cell, column) =>
              cell.length === 0 ? (
                // An empty corner heads no column.
                // oxlint-disable-next-line jsx-a11y/control-has-associated-label
                <td key={column} />
              ) : (
                <th key={column} scope="col" data-align={block.align[column] ?? undefined}>
                  <Inlines of={cell} />
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, column) => (
                <td key={column} data-align={block.align[column] ?? undefined}>
                  <Inlines of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const calloutWords: Readonly<Record<Of<'callout'>['kind'], string>> = {
  note: 'Note',
  warning: 'Warning',
  wrong: 'Common mistake',
  'next-time': 'Next time',
}

function Callout({ block }: { block: Of<'callout'> }): ReactNode {
  const titleId = useId()
  const word = calloutWords[block.kind]
  return (
    <section className={styles.callout} data-kind={block.kind} aria-labelledby={titleId}>
      <p id={titleId} className={styles.calloutTitle}>
        <span className={styles.calloutWord}>{word}</span>
        {block.title === '' || block.title === word ? null : <span>{block.title}</span>}
      </p>
      <Blocks of={block.c} />
    </section>
  )
}

function Interactive({ block }: { block: InteractiveBlock }): ReactNode {
  return useInteractiveBlocks()(block)
}

/** Draws one block. */
export const BlockView = memo(function BlockView({ block }: { block: Block }): ReactNode {
  switch (block.t) {
    case 'p':
      return (
        <p>
          <Inlines of={block.c} />
        </p>
      )
    case 'heading': {
      const Heading = block.depth === 3 ? 'h3' : 'h4'
      return (
        <Heading>
          <Inlines of={block.c} />
        </Heading>
      )
    }
    case 'list':
      return <ListBlock block={block} />
    case 'quote':
      return (
        <blockquote>
          <Blocks of={block.c} />
        </blockquote>
      )
    case 'table':
      return <TableBlock block={block} />
    case 'code':
      return <CodeBlock block={block} />
    case 'callout':
      return <Callout block={block} />
    case 'diagram':
    case 'figure':
    case 'check':
    case 'walkthrough':
    case 'exercise':
    case 'incident':
    case 'template':
    case 'after':
      return <Interactive block={block} />
    case 'references':
      return (
        <ul className={styles.references}>
          {block.items.map((item, index) => (
            <li key={index}>
              <Inlines of={item} />
            </li>
          ))}
        </ul>
      )
    case 'rule':
      return <hr />
  }
})

/** Draws blocks one under another, as prose. */
export function Blocks({ of }: { of: readonly Block[] }): ReactNode {
  return of.map((block, index) => <BlockView key={index} block={block} />)
}
