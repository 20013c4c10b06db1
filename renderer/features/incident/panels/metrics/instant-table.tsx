import { EmptyState } from '../../../../ui/index.ts'
import { seriesName } from '../../charts/series-name.ts'
import { useRoom, useRoomCall, useScrape } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import styles from './metrics.module.css'

/** Rows shown; a query that gives more is for a machine. */
const mostRows = 500

/** The values of a query at the newest scrape. */
export function InstantTable({ query }: { query: string }) {
  const { opened } = useRoom()
  const scrape = useScrape()
  const atMs = opened.epochMs + scrape * opened.scrapeMs
  const answer = useRoomCall('metrics.instant', { query, atMs }, '')
  if (answer.state !== 'ready') return null
  if (!answer.value.ok) return <EmptyState title="The query cannot be evaluated">{answer.value.error.message}</EmptyState>
  const { result } = answer.value
  if (result.type === 'scalar') return <pre className={styles.scalar}>{result.value}</pre>
  if (result.type === 'string') return <pre className={styles.scalar}>{result.text}</pre>
  const rows = result.type === 'vector' ? result.samples.map(({ labels, value }) => ({ labels, value: String(value) })) : result.series.map(({ labels, values }) => ({ labels, value: `${String(values.length)} samples` }))
  if (rows.length === 0) return <EmptyState title="No series">Nothing matches at {clockTime(atMs)}.</EmptyState>
  return (
    <table className={styles.table}>
      <caption>
        {rows.length} series at {clockTime(atMs)}
        {rows.length > mostRows && `, the first ${String(mostRows)} shown`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Series</th>
          <th scope="col" className={styles.numeric}>
            Value
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostRows).map(({ labels, value }) => (
          <tr key={JSON.stringify(labels)}>
            <th scope="row">{seriesName(labels, undefined)}</th>
            <td className={styles.numeric}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
