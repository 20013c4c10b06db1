import { PageSection, ProgressBar } from '../../../../ui/index.ts'
import { lengthText } from '../../room/sim-time.ts'
import { useDebriefed } from '../debrief-context.ts'
import { isUntouched, shareText } from '../debrief-words.ts'
import { ActsTable } from './acts-table.tsx'
import { ComparisonTable } from './comparison-table.tsx'
import { ForkChart } from './fork-chart.tsx'
import { KeyTimes } from './key-times.tsx'
import { MessagesList } from './messages-list.tsx'
import { OneWorld } from './one-world.tsx'
import { ScoreTable } from './score-table.tsx'

/** Process and outcome apart, each with its arithmetic, and what each decision was worth. */
export function ResultTab({ comparedShare }: { comparedShare: number }) {
  const { debrief, comparison } = useDebriefed()
  const { process, processLines, messages, acts, truth } = debrief
  const isOneWorld = truth.kind === 'false-alarm' && isUntouched(acts)
  return (
    <>
      <PageSection title="Key times" note="counted from the page, in simulated time">
        <KeyTimes />
      </PageSection>
      <PageSection title="The same world under three hands" note={`from the opening of the shift until ${lengthText(debrief.endUs - debrief.pageUs)} after the page`}>
        {isOneWorld ? (
          <OneWorld />
        ) : comparison === null ? (
          <>
            <p>Running the same world with nobody, and with the expert.</p>
            <ProgressBar value={comparedShare} label="Comparing your shift" />
          </>
        ) : (
          <>
            <ForkChart comparison={comparison} />
            <ComparisonTable comparison={comparison} />
          </>
        )}
      </PageSection>
      {comparison !== null && (
        <PageSection title="What came of it" note={`outcome ${shareText(comparison.outcome)}`}>
          <ScoreTable lines={comparison.outcomeLines} />
        </PageSection>
      )}
      <PageSection title="How you worked" note={`process ${shareText(process)}, scored apart from the outcome`}>
        <ScoreTable lines={processLines} />
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
