import { PageSection } from '../../../../ui/index.ts'
import { Prose } from '../../../reader/content.tsx'
import { useSeedText } from '../../seed-texts.ts'
import { useDebriefed } from '../debrief-context.ts'
import styles from '../debrief.module.css'
import { EvidenceTable } from './evidence-table.tsx'
import { PinsTable } from './pins-table.tsx'
import { ReadingList } from './reading-list.tsx'
import { RivalsTable } from './rivals-table.tsx'
import { SaidAgainstWas } from './said-against-was.tsx'

/** What it was, what was said, and by which evidence one tells. */
export function CauseTab() {
  const { bundle, record, debrief } = useDebriefed()
  const debriefText = useSeedText(bundle, 'debrief', record.seed)
  const { excluded, left } = debrief.evidence
  return (
    <>
      <PageSection title="What you said, and what it was">
        <SaidAgainstWas />
      </PageSection>
      <PageSection title="What you pinned">
        <PinsTable />
      </PageSection>
      <PageSection title="What shows the cause" note="the first scrape at which each held in your world">
        <EvidenceTable />
      </PageSection>
      <PageSection title="Its rivals" note={`${String(excluded.length)} of ${String(excluded.length + left.length)} excluded by your pins`}>
        <RivalsTable />
      </PageSection>
      <PageSection title="In the words of its author">
        <div className={styles.words}>
          <Prose of={debriefText} />
        </div>
      </PageSection>
      <PageSection title="What to read">
        <ReadingList />
      </PageSection>
    </>
  )
}
