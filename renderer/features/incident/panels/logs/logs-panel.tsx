import { useMemo, useState, useSyncExternalStore } from 'react'
import { completeLogql } from '../../../../../exercises/simulator/logql/complete.ts'
import { Button, EmptyState, ErrorState, RadioGroup, Status } from '../../../../ui/index.ts'
import { QueryInput } from '../../query-input/query-input.tsx'
import { RangePicker } from '../../room/range-picker.tsx'
import { useKeep, useRoom, useRoomCall, useScrape, useTick } from '../../room/room-context.ts'
import { endsOf, stepFor } from '../../room/time-range.ts'
import type { PanelProps } from '../index.ts'
import { LogLines } from './log-lines.tsx'
import { LogMetric } from './log-metric.tsx'
import styles from './logs.module.css'

/** Lines shown at once; a question that gives more should be narrower. */
const mostLines = 500
type Order = 'newest-first' | 'oldest-first'

/** Any LogQL: lines with their fields, or a graph of what is counted in them. */
export default function LogsPanel({ input }: PanelProps) {
  const { opened, timeRange } = useRoom()
  const keep = useKeep()
  const range = useSyncExternalStore(timeRange.subscribe, timeRange.get)
  const scrape = useScrape()
  const [frozen, setFrozen] = useState<number | null>(null)
  const [order, setOrder] = useState<Order>('newest-first')
  const first = input ?? '{service=~".+"}'
  const [text, setText] = useState(first)
  const [query, setQuery] = useState(first)
  const labels = useRoomCall('logs.labels', null, '')
  const entries = useTick((tick) => tick.entries)
  const history = useMemo(() => [...new Set(entries.toReversed().flatMap((entry) => (entry.type === 'asked' && entry.kind === 'logql' ? [entry.query] : [])))], [entries])

  const at = frozen ?? scrape
  const ends = endsOf(range, opened.epochMs + at * opened.scrapeMs, opened.epochMs)
  const question = { query, fromMs: ends.fromMs, toMs: ends.toMs, stepMs: stepFor(ends, opened.scrapeMs, 120), limit: mostLines, direction: order }
  const answer = useRoomCall('logs.query', question, '')
  const run = (wanted: string): void => {
    setText(wanted)
    setQuery(wanted.trim())
    setFrozen(null)
    if (wanted.trim() !== history[0]) void keep({ type: 'asked', kind: 'logql', query: wanted.trim().slice(0, 4_000) })
  }
  const error = answer.state === 'ready' && !answer.value.ok && text.trim() === query ? answer.value.error : null
  const isLive = range.kind === 'last' && frozen === null

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <QueryInput
          label="LogQL"
          value={text}
          onChange={setText}
          onRun={() => run(text)}
          complete={(written, cursor) => completeLogql(written, cursor, labels.state === 'ready' ? labels.value : {})}
          error={error === null ? null : { from: error.from, to: error.to, message: error.suggestion === null ? error.message : `${error.message}. ${error.suggestion}` }}
          history={history}
        />
        <Button variant="main" onClick={() => run(text)}>
          Run
        </Button>
      </div>
      <div className={styles.bar}>
        <RadioGroup<Order>
          segmented
          label="Order"
          value={order}
          onChange={setOrder}
          options={[
            { value: 'newest-first', label: 'Newest first' },
            { value: 'oldest-first', label: 'Oldest first' },
          ]}
        />
        {range.kind === 'last' && (
          <Button size="compact" icon={isLive ? 'pause' : 'play'} aria-pressed={isLive} onClick={() => setFrozen(isLive ? scrape : null)}>
            {isLive ? 'Hold the tail' : 'Follow'}
          </Button>
        )}
        {isLive && <Status state="ok">Following</Status>}
        <span className={styles.end}>
          <RangePicker />
        </span>
      </div>
      {answer.state === 'failed' && <ErrorState title="The logs cannot be read" message={answer.message} />}
      {answer.state === 'ready' &&
        answer.value.ok &&
        (answer.value.kind === 'metric' ? (
          <LogMetric query={query} answer={answer.value} />
        ) : answer.value.result.rows.length === 0 ? (
          <EmptyState title="No lines in this range">{answer.value.result.scannedLines.toLocaleString('en')} lines were looked at. Widen the range, or take a filter off.</EmptyState>
        ) : (
          <>
            <p className={styles.count}>
              {answer.value.result.rows.length} lines{answer.value.result.truncated && ', and more: narrow the query or the range to see the rest'}
            </p>
            <LogLines rows={answer.value.result.rows} query={query} onQuery={run} onOpen={() => setFrozen((last) => last ?? scrape)} />
          </>
        ))}
    </div>
  )
}
