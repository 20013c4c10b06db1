import { PageSection } from '../../../../ui/index.ts'
import { lengthText } from '../../room/sim-time.ts'
import { useDebriefed } from '../debrief-context.ts'
import { shareText } from '../debrief-words.ts'
import { ActsTable } from './acts-table.tsx'
import { Comparison } from './comparison.tsx'
import { ForkChart } from './fork-chart.tsx'
import { KeyTimes } from './key-times.tsx'
import { MessagesList } from './messages-list.tsx'
import { ScoreTable } from './score-table.tsx'

/** Process and outcome apart, each with its arithmetic, and what each decision was worth. */
export function ResultTab() {
  const { debrief } = useDebriefed()
  const { score, messages } = debrief
  return (
    <>
      <PageSection title="Key times" note="counted from the page, in simulated time">
        <KeyTimes />
      </PageSection>
      <PageSection title="The same world under three hands" note={`from the opening of the shift until ${lengthText(debrief.endUs - debrief.pageUs)} after the page`}>
        <ForkChart />
        <Comparison />
      </PageSection>
      <PageSection title="What came of it" note={`outcome ${shareText(score.outcome)}`}>
        <ScoreTable lines={score.outcomeLines} />
      </PageSection>
      <PageSection title="How you worked" note={`process ${shareText(score.process)}, scored apart from the outcome`}>
        <ScoreTable lines={score.processLines} />
      </PageSection>
      <PageSection title="What you did">
        <ActsTable />
      </PageSection>
      {messages.length > 0 && (
        <PageSection title="What you told people">
          <MessagesList />
        </PageSection>
      )}
    </>
  )
}
