import { useEffect, useState } from 'react'
import type { ShiftRecord } from '../../../../exercises/simulator/incident/shift/record.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import { go, routes } from '../../../app/routes.ts'
import { Button, EmptyState, ErrorState, ProgressBar } from '../../../ui/index.ts'
import styles from '../incident.module.css'
import { RoomView } from './room-view.tsx'
import { useShift } from './use-shift.ts'

interface ShiftViewProps {
  bundle: IncidentBundle
  kept: ShiftRecord | null
  keep(record: string): void
}

/** The shift that was begun from the briefing, or left. */
export function ShiftView({ bundle, kept, keep }: ShiftViewProps) {
  // What is kept changes with every entry; the shift is opened from what it was when this view came.
  const [start] = useState(kept)
  if (start === null) {
    return (
      <div className={styles.waiting}>
        <h1 className="visually-hidden">{bundle.summary.title}</h1>
        <EmptyState title="No shift is open" action={<Button onClick={() => go(routes.incident(bundle.summary.id))}>To the briefing</Button>}>
          A shift begins from the briefing of its incident.
        </EmptyState>
      </div>
    )
  }
  return <OpeningShift bundle={bundle} start={start} keep={keep} />
}

function OpeningShift({ bundle, start, keep }: { bundle: IncidentBundle; start: ShiftRecord; keep(record: string): void }) {
  const { state, again } = useShift(bundle, start, keep)
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (state.name === 'open') return <RoomView bundle={bundle} level={start.level} seed={start.seed} client={state.client} opened={state.opened} facts={state.facts} />
  return (
    <div className={styles.waiting}>
      <h1 className="visually-hidden">{bundle.summary.title}</h1>
      {state.name === 'failed' ? (
        <ErrorState
          title="The shift could not be opened"
          message={<p>What you did is kept. Open it again, or start a new one from the briefing.</p>}
          details={state.message}
          action={
            <>
              <Button onClick={again}>Open it again</Button>
              <a href={`#${routes.incident(bundle.summary.id)}`}>To the briefing</a>
            </>
          }
        />
      ) : (
        slow && (
          <div className={styles.opening}>
            <p>{start.entries.length === 0 ? 'Running the system up to the page' : 'Running the system up to where you left'}</p>
            <ProgressBar value={state.done} label="Opening the shift" />
          </div>
        )
      )}
    </div>
  )
}
