import { Status } from '../../../../ui/index.ts'
import { clockTime, lengthText, sinceText } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import { verdictStates, verdictWords } from '../debrief-words.ts'
import styles from '../debrief.module.css'

/** Each act with its verdict and why. */
export function ActsTable() {
  const { debrief, opened } = useDebriefed()
  const { acts, pageUs } = debrief
  if (acts.length === 0) return <p>Nothing was done to the system, so your curve is the one of nobody.</p>
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">What you did</th>
          <th scope="col">Verdict</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {acts.map(({ atUs, effectUs, summary, verdict, because }, index) => (
          // Acts are in their order and never change.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={index}>
            <td className={styles.when}>
              {clockTime(wallMsOf(opened, atUs))}
              <span className={styles.quiet}>{sinceText(atUs - pageUs)}</span>
            </td>
            <th scope="row">
              {summary}
              {effectUs !== null && effectUs > atUs && <span className={styles.quiet}>took {lengthText(effectUs - atUs)}</span>}
            </th>
            <td>
              <Status state={verdictStates[verdict]}>{verdictWords[verdict]}</Status>
            </td>
            <td>{because}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
