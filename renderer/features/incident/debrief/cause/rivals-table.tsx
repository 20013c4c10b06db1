import { Status } from '../../../../ui/index.ts'
import { useDebriefed } from '../debrief-context.ts'
import styles from '../debrief.module.css'

/** Causes that it could have been: which of them the pins exclude, and what clears each. */
export function RivalsTable() {
  const { debrief } = useDebriefed()
  const { truth, evidence } = debrief
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">It could have been</th>
          <th scope="col">Your pins</th>
          <th scope="col">Why it is innocent</th>
        </tr>
      </thead>
      <tbody>
        {truth.rivals.map(({ id, label, because, query, claim }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td>{evidence.excluded.includes(id) ? <Status state="ok">exclude it</Status> : <Status state="warn">leave it open</Status>}</td>
            <td>
              {because}
              <code className={styles.query}>
                {query} {claim}
              </code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
