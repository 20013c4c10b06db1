import { Status } from '../../../../ui/index.ts'
import { clockTime } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import styles from '../debrief.module.css'

/** What was said to people, and what a reader would miss in it. */
export function MessagesList() {
  const { debrief, opened } = useDebriefed()
  return (
    <ul className={styles.items}>
      {debrief.messages.map(({ message, faults }, index) => (
        // Messages are in their order and never change.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={styles.item}>
          <Status state={faults.length === 0 ? 'ok' : 'warn'}>{faults.length === 0 ? 'Sound' : 'Could be better'}</Status>
          <span className={styles.quiet}>
            {clockTime(wallMsOf(opened, message.atUs))}, {message.channel === 'incident' ? 'incident channel' : 'status page'}, {message.phase}
          </span>
          <blockquote className={styles.quote}>{message.text}</blockquote>
          {faults.map((fault) => (
            <p key={fault}>{fault}</p>
          ))}
        </li>
      ))}
    </ul>
  )
}
