import { EmptyState, Skeleton, Status } from '../../../../ui/index.ts'
import { useRoomCall } from '../../room/room-context.ts'
import { durationText } from './duration-text.ts'
import { MapDrawing } from './map-drawing.tsx'
import { percent, stateOf } from './map-state.ts'
import styles from './traces.module.css'

/** Who calls whom in the kept traces, marked by failures, with the duration of calls. */
export function ServiceMapView({ ends }: { ends: { fromMs: number; toMs: number } }) {
  const answer = useRoomCall('traces.map', ends, '')
  if (answer.state === 'loading') return <Skeleton lines={6} label="Adding the traces up" />
  if (answer.state === 'failed') return <EmptyState title="The map cannot be drawn">{answer.message}</EmptyState>
  const map = answer.value
  if (map.nodes.length === 0) return <EmptyState title="No traces in this range">Widen the range.</EmptyState>
  return (
    <>
      <MapDrawing map={map} />
      <table className={styles.table}>
        <caption>Connections in {map.traceCount.toLocaleString('en')} kept traces. Failed requests are always kept, of the others only a share; the shares and percentiles here allow for that.</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" className={styles.numeric}>
              Calls
            </th>
            <th scope="col">Failed</th>
            <th scope="col" className={styles.numeric}>
              p50
            </th>
            <th scope="col" className={styles.numeric}>
              p95
            </th>
          </tr>
        </thead>
        <tbody>
          {map.edges.map((edge) => (
            <tr key={`${edge.from} ${edge.to}`}>
              <td>{edge.from}</td>
              <td>{edge.to}</td>
              <td className={styles.numeric}>{edge.calls}</td>
              <td>
                <Status state={stateOf(edge.failureShare)}>{percent(edge.failureShare)}</Status>
              </td>
              <td className={styles.numeric}>{durationText(edge.p50Us)}</td>
              <td className={styles.numeric}>{durationText(edge.p95Us)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
