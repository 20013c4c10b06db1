import { Chip, EmptyState, ErrorState, Skeleton } from '../../../../ui/index.ts'
import { useRoom, useRoomCall, useScrape, useTick } from '../../room/room-context.ts'
import { PinMark } from '../../room/pin-button.tsx'
import { usePin } from '../../room/use-pin.ts'
import { clockTime, sinceText } from '../../room/sim-time.ts'
import type { ChangeEvent } from '../../../../../exercises/simulator/telemetry/index.ts'
import styles from '../panels.module.css'

/** Deploys, configuration, flags and what you did, newest first, each with what it changed. */
export default function ChangesPanel() {
  const scrape = useScrape()
  const acts = useTick(({ entries }) => entries.length)
  const { opened } = useRoom()
  const answer = useRoomCall('changes.visible', null, `${String(scrape)} ${String(acts)}`)
  if (answer.state === 'loading') return <Skeleton lines={4} label="Reading the changes" />
  if (answer.state === 'failed') return <ErrorState title="The changes cannot be read" message={answer.message} />
  if (answer.value.length === 0) return <EmptyState title="Nothing was changed">No deploy, no configuration, no flag since the history begins.</EmptyState>
  return (
    <div className={styles.panel}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From the page</th>
            <th scope="col">Kind</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">
              <span className="visually-hidden">Evidence</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.value.toReversed().map((change) => (
            <tr key={change.id}>
              <td className={styles.time}>{clockTime(change.timeUs / 1000)}</td>
              <td className={styles.time}>{sinceText(change.timeUs - opened.epochMs * 1000 - opened.pageUs)}</td>
              <td>
                <Chip>{change.kind}</Chip>
              </td>
              <td>
                {change.summary}
                <Differences change={change} />
              </td>
              <td>{change.actor}</td>
              <td>
                <PinChange change={change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PinChange({ change: { kind, target, summary } }: { change: ChangeEvent }) {
  const text = `${kind} ${target} ${summary}`
  const pin = usePin({ kind: 'change', text })
  return <PinMark title={summary} pin={pin} onPress={() => ({ kind: 'change', title: summary, query: '', text })} />
}

function Differences({ change }: { change: ChangeEvent }) {
  const names = [...new Set([...Object.keys(change.before), ...Object.keys(change.after)])].filter((name) => change.before[name] !== change.after[name])
  if (names.length === 0) return null
  return (
    <dl className={styles.differences}>
      {names.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <del>{String(change.before[name] ?? 'unset')}</del> <ins>{String(change.after[name] ?? 'unset')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
