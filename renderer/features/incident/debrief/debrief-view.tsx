import { useEffect, useState } from 'react'
import type { Comparison, Debrief } from '../../../../exercises/simulator/incident/debrief/index.ts'
import type { ShiftRecord } from '../../../../exercises/simulator/incident/shift/record.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import { useProgress, useRecord } from '../../../app/data.ts'
import { go, routes } from '../../../app/routes.ts'
import { Button, EmptyState, ErrorState, Page, ProgressBar } from '../../../ui/index.ts'
import { useShift } from '../room/use-shift.ts'
import { hasEnded } from '../shift-draft.ts'
import { DebriefPage } from './debrief-page.tsx'
import styles from './debrief.module.css'

interface DebriefViewProps {
  bundle: IncidentBundle
  kept: ShiftRecord | null
  keep(record: string): void
}

/** What the kept shift was worth, once it has ended. */
export function DebriefView({ bundle, kept, keep }: DebriefViewProps) {
  const [record] = useState(kept)
  if (record === null || !hasEnded(record)) {
    return (
      <Page title={bundle.summary.title}>
        <EmptyState title="There is nothing to debrief" action={<Button onClick={() => go(record === null ? routes.incident(bundle.summary.id) : routes.shift(bundle.summary.id))}>{record === null ? 'To the briefing' : 'Back to the shift'}</Button>}>
          {record === null ? 'No shift is kept for this incident.' : 'The shift is still open. Hand over first.'}
        </EmptyState>
      </Page>
    )
  }
  return <EndedShift bundle={bundle} record={record} keep={keep} />
}

function EndedShift({ bundle, record, keep }: { bundle: IncidentBundle; record: ShiftRecord; keep(record: string): void }) {
  const { state, again } = useShift(bundle, record, keep)
  const tell = useRecord()
  // A shift that progress knows as open has not been told of; a second visit, or one after a reset, tells nothing.
  const [isUntold] = useState(useProgress().incidents[record.incident]?.openShift === record.id)
  const [made, setMade] = useState<Debrief | null>(null)
  const [comparison, setComparison] = useState<Comparison | null>(null)
  const [done, setDone] = useState(0)
  const [failure, setFailure] = useState<string | null>(null)
  const client = state.name === 'open' ? state.client : null
  useEffect(() => {
    if (client === null) return
    let current = true
    const stop = client.onProgress((share) => current && setDone(share))
    const make = async (): Promise<void> => {
      const debrief = await client.call('debrief.make', null)
      if (!current) return
      setMade(debrief)
      const compared = await client.call('debrief.compare', { mine: debrief.mine })
      if (!current) return
      setComparison(compared)
      if (isUntold) void tell([{ type: 'shift.ended', incident: record.incident, shift: record.id, seed: record.seed, level: record.level, restored: debrief.mine.restoredUs !== null, process: debrief.process, outcome: compared.outcome, skills: bundle.summary.skills }])
    }
    make().catch((error: unknown) => current && setFailure(error instanceof Error ? error.message : String(error)))
    return () => {
      current = false
      stop()
    }
  }, [client, tell, isUntold, record, bundle])
  const problem = state.name === 'failed' ? state.message : failure
  if (problem !== null) {
    return (
      <Page title={bundle.summary.title}>
        <ErrorState title="The debrief could not be made" message={<p>Your shift is kept. Try again.</p>} details={problem} action={<Button onClick={again}>Try again</Button>} />
      </Page>
    )
  }
  if (made === null || state.name !== 'open') {
    return (
      <Page title={bundle.summary.title}>
        <div className={styles.waiting}>
          <p>{state.name === 'open' ? 'Reading your shift' : 'Running your shift again'}</p>
          <ProgressBar value={state.name === 'opening' ? state.done : 1} label="Making the debrief" />
        </div>
      </Page>
    )
  }
  return <DebriefPage bundle={bundle} record={record} debrief={made} comparison={comparison} comparedShare={done} opened={state.opened} client={state.client} facts={state.facts} keep={keep} />
}
