import { memo, type ReactNode } from 'react'
import type { Section } from '../../../exercises/content/model.ts'
import { BlockView } from './blocks/blocks.tsx'
import styles from './reader.module.css'

/** Pixels that a word of prose takes on average: a stand-in for text that is drawn a moment later. */
const wordPx = 3

/** One section. Its blocks can take the focus, so that `j` and `k` move through them and Tab goes on from there. */
export const SectionView = memo(function SectionView({ section, drawn }: { section: Section; drawn: boolean }): ReactNode {
  return (
    <section className={styles.section} data-section={section.id} aria-label={section.title === '' ? 'Opening' : section.title}>
      {section.title === '' ? (
        <div data-block="" tabIndex={-1} />
      ) : (
        <h2 data-block="" tabIndex={-1} className={styles.sectionTitle}>
          {section.title}
        </h2>
      )}
      {drawn ? (
        section.blocks.map((block, index) => (
          <div key={index} data-block={index} tabIndex={-1} className={styles.block} data-kind={block.t}>
            <BlockView block={block} />
          </div>
        ))
      ) : (
        <div style={{ height: section.words * wordPx }} />
      )}
      {drawn ? <div data-section-end={section.id} /> : null}
    </section>
  )
})
