import type { Debrief } from '../../../../exercises/simulator/incident/debrief/index.ts'
import type { ShiftRecord } from '../../../../exercises/simulator/incident/shift/record.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import { go, routes } from '../../../app/routes.ts'
import { Button, Page, PageSection } from '../../../ui/index.ts'
import { Prose } from '../../reader/content.tsx'
import type { OpenedShift } from '../world/protocol.ts'
import { ScoreTable } from './score-table.tsx'
import styles from './debrief.module.css'

interface DebriefPageProps {
  bundle: IncidentBundle
  record: ShiftRecord
  debrief: Debrief
  opened: OpenedShift
}

const percent = (share: number): string => `${String(Math.round(share * 100))}%`

/** Process and outcome apart, what it really was, and the text of the incident's author. */
export function DebriefPage({ bundle, debrief }: DebriefPageProps) {
  const { score, truth } = debrief
  return (
    <Page title={bundle.summary.title} summary={`Process ${percent(score.process)}, outcome ${percent(score.outcome)}`} actions={<Button onClick={() => go(routes.incident(bundle.summary.id))}>Take it again</Button>}>
      <PageSection title="How you worked" note={percent(score.process)}>
        <ScoreTable lines={score.processLines} />
      </PageSection>
      <PageSection title="What came of it" note={percent(score.outcome)}>
        <ScoreTable lines={score.outcomeLines} />
      </PageSection>
      <PageSection title="What it was">
        <dl className={styles.truth}>
          <dt>Component</dt>
          <dd>{truth.component}</dd>
          <dt>Mechanism</dt>
          <dd>{truth.mechanism}</dd>
          <dt>Trigger</dt>
          <dd>{truth.trigger}</dd>
        </dl>
      </PageSection>
      <PageSection title="In the words of its author">
        <Prose of={bundle.debrief} />
      </PageSection>
    </Page>
  )
}
