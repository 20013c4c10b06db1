import type { ServiceMap } from '../../../../../exercises/simulator/traces/index.ts'
import { EmptyState, Skeleton, Status } from '../../../../ui/index.ts'
import { useRoomCall } from '../../room/room-context.ts'
import { durationText } from './duration-text.ts'
import { layOutMap } from './map-layout.ts'
import styles from './traces.module.css'

/** Share of failed calls from which a service is marked. */
const badShare = 0.05
const someShare = 0.005
const percent = (share: number): string => `${String(Number((share * 100).toPrecision(2)))}%`
const stateOf = (share: number): 'ok' | 'warn' | 'crit' => (share >= badShare ? 'crit' : share >= someShare ? 'warn' : 'ok')

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
        <caption>Connections in {map.traceCount.toLocaleString('en')} kept traces. Failed requests are always kept, so shares of failures are higher here than in the metrics.</caption>
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

function MapDrawing({ map }: { map: ServiceMap }) {
  const { boxes, lines, width, height } = layOutMap(map)
  return (
    <svg className={styles.map} viewBox={`0 0 ${String(width)} ${String(height)}`} style={{ maxWidth: width }} aria-hidden="true">
      {lines.map((line) => (
        <path key={line.id} d={line.path} className={styles.edge} data-state={stateOf(line.failureShare)} markerEnd="url(#map-arrow)" />
      ))}
      <defs>
        <marker id="map-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M0 0 8 4 0 8z" className={styles.arrow} />
        </marker>
      </defs>
      {boxes.map(({ node, x, y, width: boxWidth, height: boxHeight }) => (
        <g key={node.service} transform={`translate(${String(x)} ${String(y)})`}>
          <rect width={boxWidth} height={boxHeight} rx="6" className={styles.box} data-state={stateOf(node.failureShare)} />
          <text x="12" y="20" className={styles.boxName}>
            {node.service}
          </text>
          <text x="12" y="38" className={styles.boxFact}>
            {percent(node.failureShare)} failed, p95 {durationText(node.p95Us)}
          </text>
        </g>
      ))}
    </svg>
  )
}
