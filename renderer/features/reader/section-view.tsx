import { memo, type ReactNode } from 'react'
import type { Section } from '../../../exercises/content/model.ts'
import { useCommandRegistry } from '../../app/commands.tsx'
import { Button } from '../../ui/index.ts'
import { BlockView } from './blocks/blocks.tsx'
import { sheetSection } from './print-chapter.ts'
import { guessSectionHeight } from './section-height.ts'
import styles from './reader.module.css'

/** Text before the first heading of a chapter. */
const openingId = 'opening'

/** One section. Its blocks can take the focus, so that `j` and `k` move through them and Tab goes on from there. */
export const SectionView = memo(function SectionView({ section, drawn }: { section: Section; drawn: boolean }): ReactNode {
  return (
    <section className={styles.section} data-section={section.id} aria-label={section.title} style={{ containIntrinsicBlockSize: `auto ${guessSectionHeight(section)}px` }}>
      {/* The opening follows the chapter's own title, so its heading is only for those who move by headings. */}
      <h2 data-block="" tabIndex={-1} className={section.id === openingId ? 'visually-hidden' : styles.sectionTitle}>
        {section.title}
      </h2>
      {section.id === sheetSection ? <SheetTools /> : null}
      {drawn ? (
        section.blocks.map((block, index) => (
          <div key={index} data-block={index} tabIndex={-1} className={styles.block} data-kind={block.t}>
            <BlockView block={block} />
          </div>
        ))
      ) : (
        <div style={{ height: guessSectionHeight(section) }} />
      )}
      {drawn ? <div data-section-end={section.id} /> : null}
    </section>
  )
})

/** The way to paper, where the sheet is. */
function SheetTools(): ReactNode {
  const commands = useCommandRegistry()
  return (
    <div className={styles.sheetTools}>
      <Button size="compact" onClick={() => commands.run('reader.printSheet')}>
        Print this sheet
      </Button>
    </div>
  )
}
