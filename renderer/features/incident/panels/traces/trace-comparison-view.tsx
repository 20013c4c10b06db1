import { EmptyState, Skeleton } from '../../../../ui/index.ts'
import { useRoomCall } from '../../room/room-context.ts'
import { durationText } from './duration-text.ts'
import { SearchError } from './search-error.tsx'
import styles from './traces.module.css'

/** Below this score a difference is easily chance. */
const tellingScore = 10.8
const percent = (share: number): string => `${String(Math.round(share * 100))}%`

/** What the slowest tenth of the traces has that the others have not, and where its additional time went. */
export function TraceComparisonView({ query, ends }: { query: string; ends: { fromMs: number; toMs: number } }) {
  const answer = useRoomCall('traces.compare', { ...ends, query }, '')
  if (answer.state === 'loading') return <Skeleton lines={6} label="Comparing traces" />
  if (answer.state === 'failed') return <EmptyState title="The traces cannot be compared">{answer.message}</EmptyState>
  if (!answer.value.ok) return <SearchError error={answer.value.error} />
  const { comparison, limitUs } = answer.value
  if (comparison.baselineTraces === 0) return <EmptyState title="Too few traces to compare">Widen the range or the search.</EmptyState>
  const telling = comparison.attributes.filter(({ score, lift }) => score >= tellingScore && lift > 1)
  return (
    <>
      <p className={styles.quiet}>
        The slowest {comparison.slowTraces} traces, {durationText(limitUs)} and more, mean {durationText(comparison.slowMeanUs)}, against the other {comparison.baselineTraces}, mean {durationText(comparison.baselineMeanUs)}.
      </p>
      <h3 className={styles.detailsTitle}>Where the additional time went</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col" className={styles.numeric}>
              Slow
            </th>
            <th scope="col" className={styles.numeric}>
              Others
            </th>
            <th scope="col" className={styles.numeric}>
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {comparison.operations.slice(0, 8).map((row) => (
            <tr key={`${row.service} ${row.operation}`}>
              <th scope="row">
                {row.service}: {row.operation}
              </th>
              <td className={styles.numeric}>{durationText(row.slowCriticalUs)}</td>
              <td className={styles.numeric}>{durationText(row.baselineCriticalUs)}</td>
              <td className={styles.numeric}>{durationText(row.criticalDifferenceUs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={styles.detailsTitle}>What the slow ones have in common</h3>
      {telling.length === 0 ? (
        <p className={styles.quiet}>No attribute tells them apart beyond chance.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Attribute</th>
              <th scope="col">Value</th>
              <th scope="col" className={styles.numeric}>
                Slow
              </th>
              <th scope="col" className={styles.numeric}>
                Others
              </th>
            </tr>
          </thead>
          <tbody>
            {telling.map((row) => (
              <tr key={`${row.service} ${row.attribute} ${row.value}`}>
                <th scope="row">
                  {row.service}: {row.attribute}
                </th>
                <td>{row.value}</td>
                <td className={styles.numeric}>{percent(row.slowShare)}</td>
                <td className={styles.numeric}>{percent(row.baselineShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
