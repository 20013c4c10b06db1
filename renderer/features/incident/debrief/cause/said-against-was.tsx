import { triggerText } from '../../../../../exercises/simulator/incident/debrief/postmortem-start.ts'
import { Status } from '../../../../ui/index.ts'
import { useDebriefed } from '../debrief-context.ts'
import { causeText } from '../debrief-words.ts'
import styles from '../debrief.module.css'

/** The diagnosis that was handed over, beside the truth. */
export function SaidAgainstWas() {
  const { debrief } = useDebriefed()
  const { truth, notebook } = debrief
  const { diagnosis } = notebook
  const triggers = [truth.onset, ...truth.onsetAlso]
  const rows = [
    { part: 'Mechanism', said: diagnosis === null ? null : causeText(truth, diagnosis.cause), was: truth.offered, right: diagnosis?.cause === 'cause' },
    { part: 'Component', said: diagnosis?.component ?? null, was: truth.component, right: diagnosis?.component === truth.component },
    { part: 'Trigger', said: diagnosis === null ? null : triggerText(diagnosis.trigger), was: triggers.map(triggerText).join('; or '), right: diagnosis !== null && triggers.includes(diagnosis.trigger) },
  ]
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">You said{diagnosis !== null && `, ${String(diagnosis.confidence)}% sure`}</th>
            <th scope="col">It was</th>
            <th scope="col">So</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, said, was, right }) => (
            <tr key={part}>
              <th scope="row">{part}</th>
              <td>{said ?? 'nothing'}</td>
              <td>{was}</td>
              <td>
                <Status state={right ? 'ok' : said === null ? 'unknown' : 'crit'}>{right ? 'Right' : said === null ? 'Not said' : 'Not right'}</Status>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.truth}>
        {truth.label !== truth.offered && (
          <>
            <dt>In full</dt>
            <dd>{truth.label}.</dd>
          </>
        )}
        <dt>{truth.kind === 'false-alarm' ? 'How it came' : 'How it failed'}</dt>
        <dd>{truth.mechanism}</dd>
        <dt>{truth.kind === 'false-alarm' ? 'What set the alert off' : 'What set it off'}</dt>
        <dd>{truth.trigger}</dd>
        {truth.second !== null && (
          <>
            <dt>The second fault</dt>
            <dd>
              {truth.second.label}. {truth.second.mechanism}
            </dd>
          </>
        )}
      </dl>
    </>
  )
}
