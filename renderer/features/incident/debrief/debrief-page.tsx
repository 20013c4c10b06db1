import { useMemo, useState } from 'react'
import type { Comparison, Debrief } from '../../../../exercises/simulator/incident/debrief/index.ts'
import type { ShiftRecord } from '../../../../exercises/simulator/incident/shift/record.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import { part } from '../../../app/part.tsx'
import { go, routes } from '../../../app/routes.ts'
import { Button, Dialog, Page, Skeleton, Tabs } from '../../../ui/index.ts'
import { levelChoices } from '../briefing/levels.ts'
import { modeWords } from '../briefing/modes.ts'
import { useBeginShift } from '../begin-shift.ts'
import type { RoomFacts } from '../world/calls/facts.ts'
import type { OpenedShift } from '../world/protocol.ts'
import type { RoomClient } from '../world/room-client.ts'
import { CauseTab } from './cause/cause-tab.tsx'
import { DebriefContext } from './debrief-context.ts'
import { shareText } from './debrief-words.ts'
import { ReplayTab } from './replay/replay-tab.tsx'
import { ResultTab } from './result/result-tab.tsx'
import { TimelineTab } from './timeline/timeline-tab.tsx'

interface DebriefPageProps {
  bundle: IncidentBundle
  record: ShiftRecord
  debrief: Debrief
  comparison: Comparison | null
  /** How far the comparison is, 0..1. */
  comparedShare: number
  opened: OpenedShift
  client: RoomClient
  facts: RoomFacts
  keep(record: string): void
}

/** Writing needs the grader of documents, which the rest of a debrief does not. */
const postmortem = part(() => import('./postmortem/postmortem-tab.tsx'), <Skeleton lines={8} label="Opening the postmortem" />)

/** What a shift was worth, what the incident was, how it went, and what is written of it. */
export function DebriefPage({ bundle, record, debrief, comparison, comparedShare, opened, client, facts, keep }: DebriefPageProps) {
  const [tab, setTab] = useState('result')
  const [replayFrom, setReplayFrom] = useState<{ us: number; turn: number } | null>(null)
  const [asking, setAsking] = useState(false)
  const begin = useBeginShift(bundle.summary.id, keep)
  const debriefed = useMemo(() => ({ bundle, record, debrief, comparison, opened, client, facts }), [bundle, record, debrief, comparison, opened, client, facts])
  const replay = (us: number): void => {
    setReplayFrom((last) => ({ us, turn: (last?.turn ?? 0) + 1 }))
    setTab('replay')
  }
  const mode = record.mode === undefined ? '' : `, ${modeWords[record.mode].label.toLowerCase()}`
  const level = levelChoices.find(({ value }) => value === record.level)?.label ?? record.level
  return (
    <DebriefContext value={debriefed}>
      <Page
        title={bundle.summary.title}
        summary={`Process ${shareText(debrief.process)}, outcome ${comparison === null ? 'not there yet' : shareText(comparison.outcome)}. ${level}${mode}, seed ${String(record.seed)}.`}
        actions={
          <>
            <Button onClick={() => go(routes.incident(bundle.summary.id))}>To the briefing</Button>
            <Button variant="main" onClick={() => setAsking(true)}>
              Same incident, another seed
            </Button>
          </>
        }
      >
        <Tabs
          label="Debrief"
          value={tab}
          onChange={setTab}
          items={[
            { id: 'result', label: 'Result', content: <ResultTab comparedShare={comparedShare} /> },
            { id: 'cause', label: 'Cause', content: <CauseTab /> },
            { id: 'timeline', label: 'Timeline', content: <TimelineTab onShow={replay} /> },
            { id: 'replay', label: 'Replay', content: <ReplayTab key={String(replayFrom?.turn ?? 0)} startUs={replayFrom?.us ?? null} /> },
            { id: 'postmortem', label: 'Postmortem', content: <postmortem.View /> },
          ]}
        />
        <Dialog
          open={asking}
          onOpenChange={setAsking}
          title="Take it again with another seed?"
          description="The same system and the same kind of fault, with other numbers and another order of events. One shift is kept for an incident, so this debrief closes for good."
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Stay here</Button>
              <Button variant="main" onClick={() => begin({ level: record.level, mode: record.mode })}>
                Start the shift
              </Button>
            </>
          }
        >
          <p>Your score and your best postmortem stay in your progress. Save the postmortem as Markdown first if you want its text.</p>
        </Dialog>
      </Page>
    </DebriefContext>
  )
}
