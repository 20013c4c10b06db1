import { Status } from '../../../../ui/index.ts'
import { clockTime, sinceText } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import { causeText, kindWords } from '../debrief-words.ts'
import styles from '../debrief.module.css'

/** What shows the cause, from when it was there, and when it was looked at. */
export function EvidenceTable() {
  const { debrief, opened } = useDebriefed()
  const { truth, known, pageUs } = debrief
  const moment = (us: number): string => `${clockTime(wallMsOf(opened, us))} (${sinceText(us - pageUs)})`
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Evidence</th>
          <th scope="col">There from</th>
          <th scope="col">You saw it</th>
          <th scope="col">It excludes</th>
        </tr>
      </thead>
      <tbody>
        {truth.evidence.map(({ id, label, kind, query, claim, tellsApartFrom }) => {
          const { heldUs = null, askedUs = null } = known.find((one) => one.id === id) ?? {}
          return (
            <tr key={id}>
              <th scope="row">
                {label}
                <span className={styles.quiet}>{kindWords[kind] ?? kind}</span>
                <code className={styles.query}>
                  {query} {claim}
                </code>
              </th>
              <td className={styles.when}>{heldUs === null ? 'not in this shift' : moment(heldUs)}</td>
              <td className={styles.when}>{askedUs === null ? <Status state="unknown">Not opened, asked or pinned</Status> : <Status state="ok">{moment(askedUs)}</Status>}</td>
              <td>
                {tellsApartFrom.length === 0 ? (
                  <span className={styles.quiet}>none by itself</span>
                ) : (
                  <ul className={styles.plain}>
                    {tellsApartFrom.map((rival) => (
                      <li key={rival}>{causeText(truth, rival)}</li>
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
