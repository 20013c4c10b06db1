import { clockTime, sinceText } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import styles from './result.module.css'

/** The moments by which shifts are compared, counted from the page. */
export function KeyTimes() {
  const { debrief, comparison, opened } = useDebriefed()
  const { keyTimes, pageUs, endedUs, truth } = debrief
  const isFalseAlarm = truth.kind === 'false-alarm'
  // Where users were well all along there is nothing to mitigate.
  const wasWell = keyTimes.mitigatedUs !== null && keyTimes.mitigatedUs <= pageUs
  const times = [
    { label: 'Acknowledged', us: keyTimes.acknowledgedUs, never: 'Never', expertUs: null },
    { label: isFalseAlarm ? 'First said that there is no fault' : 'First named the cause', us: keyTimes.rightUs, never: 'Never', expertUs: null },
    ...(wasWell
      ? [{ label: 'Objective', us: null, never: 'Met throughout', expertUs: null }]
      : [
          { label: 'Mitigated', us: keyTimes.mitigatedUs, never: 'Not mitigated', expertUs: comparison?.expert.mitigatedUs ?? null },
          { label: 'Resolved', us: keyTimes.resolvedUs, never: 'Not resolved', expertUs: comparison?.expert.restoredUs ?? null },
        ]),
  ]
  return (
    <dl className={styles.times}>
      {times.map(({ label, us, never, expertUs }) => (
        <div key={label} className={styles.time}>
          <dt>{label}</dt>
          <dd className={styles.figure}>{us === null ? never : sinceText(us - pageUs)}</dd>
          <dd className={styles.quiet}>
            {us === null ? '' : `${clockTime(wallMsOf(opened, us))} UTC${us > endedUs ? ', after the hand-over' : ''}`}
            {expertUs !== null && `${us === null ? '' : ', '}the expert ${sinceText(expertUs - pageUs)}`}
          </dd>
        </div>
      ))}
    </dl>
  )
}
