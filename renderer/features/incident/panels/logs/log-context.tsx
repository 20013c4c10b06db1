import { useRoomCall } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import { readLine } from './log-line.ts'
import styles from './logs.module.css'

/** Lines of the same stream before and after. */
const linesAround = 6

/** What the same stream wrote around a line. */
export function LogContext({ stream, timeUs, line }: { stream: Readonly<Record<string, string>>; timeUs: number; line: string }) {
  const answer = useRoomCall('logs.around', { stream, timeUs, lines: linesAround }, '')
  if (answer.state !== 'ready') return null
  if (!answer.value.ok || answer.value.kind !== 'lines') return <p className={styles.count}>What stands around it cannot be read.</p>
  return (
    <ol className={styles.context} aria-label="Lines of the same stream around it">
      {answer.value.result.rows.map((row, index) => (
        <li key={`${String(row.timeUs)} ${String(index)}`} aria-current={row.line === line ? 'true' : undefined}>
          <span className={styles.time}>{clockTime(row.timeUs / 1000)}</span> {readLine(row.line).message}
        </li>
      ))}
    </ol>
  )
}
