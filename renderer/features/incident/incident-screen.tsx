import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useCall, useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { Button, ErrorState, Skeleton } from '../../ui/index.ts'
import { useDraft } from '../workspace/draft.ts'
import { BriefingView } from './briefing/briefing-view.tsx'
import { DebriefView } from './debrief/debrief-view.tsx'
import styles from './incident.module.css'
import { ShiftView } from './room/shift-view.tsx'
import { shiftDraftKey, readKeptShift } from './shift-draft.ts'

export type IncidentPlace = 'briefing' | 'shift' | 'debrief'

/** One incident: its briefing, and the shift that is open. Both wait for what was kept of an earlier visit. */
export function IncidentScreen({ incidentId, place }: { incidentId: string; place: IncidentPlace }) {
  const call = useCall('library.incident', { id: incidentId })
  const draft = useDraft(shiftDraftKey(incidentId))
  // A draft does not read back what is written to it, and the briefing hands its shift over to the room.
  const [written, setWritten] = useState<string | null>(null)
  const { keep: keepDraft, flush } = draft
  // Who leaves the room may close the window next.
  useEffect(() => flush, [place, flush])
  const keep = useCallback(
    (record: string) => {
      setWritten(record)
      keepDraft(record)
    },
    [keepDraft],
  )
  const problems = useLibrary().problems.filter((problem) => problem.file.startsWith(`incidents/${incidentId}/`))
  usePageTitle(call.value?.summary.title ?? 'Incident')
  if (call.value === undefined) {
    return (
      <Waiting>
        {call.state === 'failed' ? (
          <ErrorState
            title="This incident cannot be opened"
            message={<p>{call.error.message}</p>}
            details={[call.error.details ?? '', ...problems.map((problem) => `${problem.file}:${String(problem.line)}: ${problem.message}`)].join('\n').trim() || undefined}
            action={
              <>
                <Button onClick={call.reload}>Try again</Button>
                <a href={`#${routes.incidents}`}>All incidents</a>
              </>
            }
          />
        ) : (
          <Skeleton lines={8} label="Loading the incident" />
        )}
      </Waiting>
    )
  }
  if (draft.text === undefined) {
    return (
      <Waiting>
        {draft.saved.name === 'failed' ? <ErrorState title="Your shift could not be read" message={draft.saved.message} /> : <Skeleton lines={8} label="Loading your shift" />}
      </Waiting>
    )
  }
  const text = written ?? draft.text
  const kept = readKeptShift(text, incidentId)
  if (place === 'debrief') return <DebriefView key={incidentId} bundle={call.value} kept={kept} keep={keep} />
  if (place === 'shift') return <ShiftView key={incidentId} bundle={call.value} kept={kept} keep={keep} />
  return <BriefingView key={incidentId} bundle={call.value} kept={kept} isDamaged={text !== null && text !== '' && kept === null} keep={keep} />
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <div className={styles.waiting}>
      <h1 className="visually-hidden">Incident</h1>
      {children}
    </div>
  )
}
