import { useMemo } from 'react'
import { PageSection } from '../../../../ui/index.ts'
import { useDebriefed } from '../debrief-context.ts'
import { timelineLines } from './timeline-lines.ts'
import { TimelineTable } from './timeline-table.tsx'

/** What happened, what could be seen and what was done, in one order. */
export function TimelineTab({ onShow }: { onShow(atUs: number): void }) {
  const { debrief, record, opened } = useDebriefed()
  const lines = useMemo(() => timelineLines(debrief, record.entries, opened.epochMs), [debrief, record, opened])
  return (
    <PageSection title="What happened, what you saw, and when you could have known" note="choose a time to replay it">
      <TimelineTable lines={lines} onShow={onShow} />
    </PageSection>
  )
}
