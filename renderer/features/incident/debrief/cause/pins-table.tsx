import { Status } from '../../../../ui/index.ts'
import { clockTime } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import { kindWords } from '../debrief-words.ts'
import styles from '../debrief.module.css'

/** Each pin, and the evidence that it shows. */
export function PinsTable() {
  const { debrief, opened } = useDebriefed()
  const { evidence, notebook, truth } = debrief
  if (evidence.pins.length === 0) return <p>Nothing. A diagnosis without evidence excludes no rival, so it earns no points for evidence.</p>
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">You pinned</th>
          <th scope="col">It shows</th>
        </tr>
      </thead>
      <tbody>
        {evidence.pins.map(({ pin, shows }) => {
          const atUs = notebook.pins.find(({ id }) => id === pin.id)?.atUs
          return (
            <tr key={pin.id}>
              <th scope="row">
                {pin.title}
                <span className={styles.quiet}>
                  {kindWords[pin.kind] ?? pin.kind}
                  {atUs !== undefined && `, ${clockTime(wallMsOf(opened, atUs))}`}
                </span>
                {pin.query !== '' && <code className={styles.query}>{pin.query}</code>}
              </th>
              <td>
                {shows.length === 0 ? (
                  <Status state="unknown">Nothing of the cause</Status>
                ) : (
                  <ul className={styles.plain}>
                    {shows.map((id) => (
                      <li key={id}>
                        <Status state="ok">{truth.evidence.find((one) => one.id === id)?.label ?? id}</Status>
                      </li>
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
