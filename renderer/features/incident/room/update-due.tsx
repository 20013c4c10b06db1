import { updateDueUs } from '../../../../exercises/simulator/incident/shift/updates.ts'
import { Status } from '../../../ui/index.ts'
import { useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'
import { sinceText } from './sim-time.ts'

/** From here on the wait for a message is marked. */
const soonUs = 3 * 60_000_000

/** When people expect to hear something. */
export function UpdateDue() {
  const { opened, show } = useRoom()
  const entries = useTick((tick) => tick.entries)
  const second = useTick(({ nowUs }) => Math.floor(nowUs / 1e6))
  const dueUs = updateDueUs(entries, opened.pageUs)
  if (dueUs === null) return null
  const leftUs = dueUs - second * 1e6
  return (
    <button type="button" className={styles.due} onClick={() => show('messages')}>
      <Status state={leftUs < soonUs ? 'warn' : 'unknown'}>Update due in {sinceText(Math.max(0, leftUs)).slice(1)}</Status>
    </button>
  )
}
