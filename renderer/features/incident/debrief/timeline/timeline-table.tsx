import { StatusMark } from '../../../../ui/index.ts'
import { clockTime, sinceText } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import type { TimelineLine, Track } from './timeline-lines.ts'
import styles from './timeline.module.css'

const tracks: readonly { readonly id: Track; readonly title: string }[] = [
  { id: 'world', title: 'What happened' },
  { id: 'signal', title: 'What could be seen' },
  { id: 'you', title: 'What you did' },
]

interface TimelineTableProps {
  lines: readonly TimelineLine[]
  /** Opens the replay at a moment. */
  onShow?: ((atUs: number) => void) | undefined
}

/** Three tracks beside one clock. */
export function TimelineTable({ lines, onShow }: TimelineTableProps) {
  const { debrief, opened } = useDebriefed()
  return (
    <table className={styles.timeline}>
      <thead>
        <tr>
          <th scope="col">UTC</th>
          {tracks.map(({ id, title }) => (
            <th key={id} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const time = clockTime(wallMsOf(opened, line.atUs))
          return (
            <tr key={line.id} data-page={line.atUs >= debrief.pageUs ? '' : undefined}>
              <th scope="row">
                {onShow === undefined ? (
                  time
                ) : (
                  <button type="button" className={styles.moment} title="Replay from here" onClick={() => onShow(line.atUs)}>
                    {time}
                  </button>
                )}
                <span className={styles.since}>{sinceText(line.atUs - debrief.pageUs)}</span>
              </th>
              {tracks.map(({ id }) => (
                <td key={id}>{line.track === id && <Line line={line} />}</td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Line({ line: { state, title, detail } }: { line: TimelineLine }) {
  return (
    <span className={styles.line}>
      <StatusMark state={state} />
      <span>
        {title}
        {detail !== '' && <span className={styles.detail}>{detail}</span>}
      </span>
    </span>
  )
}
