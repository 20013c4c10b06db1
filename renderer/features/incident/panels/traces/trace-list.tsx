import { useState } from 'react'
import type { TraceSummary } from '../../../../../exercises/simulator/traces/index.ts'
import { EmptyState, RadioGroup, Skeleton, Status } from '../../../../ui/index.ts'
import { useRoomCall } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import { durationText } from './duration-text.ts'
import { SearchError } from './search-error.tsx'
import styles from './traces.module.css'

type Order = 'newest' | 'slowest'
const mostTraces = 100
const states = { ok: 'ok', error: 'crit', 'partial-error': 'warn' } as const
const words = { ok: 'ok', error: 'error', 'partial-error': 'error below' } as const

/** The traces that a search finds. */
export function TraceList({ query, ends, onOpen }: { query: string; ends: { fromMs: number; toMs: number }; onOpen(traceId: string): void }) {
  const [order, setOrder] = useState<Order>('newest')
  const answer = useRoomCall('traces.search', { ...ends, query, order, limit: mostTraces }, '')
  if (answer.state === 'loading') return <Skeleton lines={6} label="Searching the traces" />
  if (answer.state === 'failed') return <EmptyState title="The traces cannot be searched">{answer.message}</EmptyState>
  if (!answer.value.ok) return <SearchError error={answer.value.error} />
  const { traces, matched, scanned } = answer.value
  const longestUs = Math.max(1, ...traces.map(({ durationUs }) => durationUs))
  if (traces.length === 0) return <EmptyState title="No trace fits">{scanned.toLocaleString('en')} kept traces were looked at. Only some requests are traced; those that fail always are.</EmptyState>
  return (
    <>
      <div className={styles.bar}>
        <p className={styles.quiet}>
          {matched.toLocaleString('en')} of {scanned.toLocaleString('en')} kept traces fit{matched > traces.length && `, ${String(traces.length)} shown`}
        </p>
        <RadioGroup<Order>
          segmented
          label="Order"
          value={order}
          onChange={setOrder}
          options={[
            { value: 'newest', label: 'Newest' },
            { value: 'slowest', label: 'Slowest' },
          ]}
        />
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Start</th>
            <th scope="col">Root</th>
            <th scope="col">State</th>
            <th scope="col" className={styles.numeric}>
              Spans
            </th>
            <th scope="col">Duration</th>
          </tr>
        </thead>
        <tbody>
          {traces.map((trace) => (
            <TraceRow key={trace.traceId} trace={trace} longestUs={longestUs} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function TraceRow({ trace, longestUs, onOpen }: { trace: TraceSummary; longestUs: number; onOpen(traceId: string): void }) {
  return (
    <tr>
      <td className={styles.time}>{clockTime(trace.startUs / 1000)}</td>
      <th scope="row">
        <button type="button" className={styles.open} onClick={() => onOpen(trace.traceId)}>
          {trace.rootService}: {trace.rootName}
        </button>
      </th>
      <td>
        <Status state={states[trace.status]}>{words[trace.status]}</Status>
      </td>
      <td className={styles.numeric}>{trace.spanCount}</td>
      <td className={styles.durationCell}>
        <span className={styles.durationBar} style={{ width: `${String((trace.durationUs / longestUs) * 100)}%` }} />
        <span className={styles.durationText}>{durationText(trace.durationUs)}</span>
      </td>
    </tr>
  )
}
