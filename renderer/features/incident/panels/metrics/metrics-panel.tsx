import { useMemo, useRef, useState } from 'react'
import { labelBeforeValue, completePromql } from '../../../../../exercises/simulator/promql/complete.ts'
import type { QueryOutcome } from '../../../../../exercises/simulator/promql/index.ts'
import { useToast } from '../../../../app/toast.tsx'
import { Button, EmptyState, RadioGroup } from '../../../../ui/index.ts'
import { QueryChart } from '../../charts/query-chart.tsx'
import { useMarkers } from '../../charts/use-markers.ts'
import { unitOf } from '../../charts/value-text.ts'
import { QueryInput } from '../../query-input/query-input.tsx'
import { RangePicker } from '../../room/range-picker.tsx'
import { useKeep, useRoom, useRoomCall, useScrape, useTick } from '../../room/room-context.ts'
import { PinButton } from '../dashboards/chart-actions.tsx'
import type { PanelProps } from '../index.ts'
import { InstantTable } from './instant-table.tsx'
import styles from './metrics.module.css'

type View = 'graph' | 'table'

/** Any PromQL, as a graph over the room's time range or as a table of now. */
export default function MetricsPanel({ input }: PanelProps) {
  const { client, ownPanels, show } = useRoom()
  const toast = useToast()
  const keep = useKeep()
  const names = useRoomCall('metrics.names', null, '')
  const [text, setText] = useState(input ?? '')
  const [query, setQuery] = useState(input ?? '')
  const [view, setView] = useState<View>('graph')
  const labelValues = useRef(new Map<string, readonly string[]>())
  const asked = useTick(({ entries }) => entries)
  const history = useMemo(() => [...new Set(asked.toReversed().flatMap((entry) => (entry.type === 'asked' && entry.kind === 'promql' ? [entry.query] : [])))], [asked])

  const run = (): void => {
    const wanted = text.trim()
    setQuery(wanted)
    if (wanted !== '' && wanted !== history[0]) void keep({ type: 'asked', kind: 'promql', query: wanted.slice(0, 4_000) })
  }
  const valuesOf = (label: string): readonly string[] => {
    const known = labelValues.current.get(label)
    if (known !== undefined) return known
    labelValues.current.set(label, [])
    void client.call('metrics.values', { label }).then((values) => labelValues.current.set(label, values))
    return []
  }
  const complete = (written: string, cursor: number) => {
    // Values are fetched when the quote is opened, and are there a keystroke later.
    const label = labelBeforeValue(written.slice(0, cursor))
    if (label !== null) valuesOf(label)
    return completePromql(written, cursor, { metrics: names.state === 'ready' ? names.value.metrics : [], labels: names.state === 'ready' ? names.value.labels : [], valuesOf })
  }

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <QueryField text={text} query={query} onChange={setText} onRun={run} complete={complete} history={history} />
        <Button variant="main" onClick={run}>
          Run
        </Button>
      </div>
      <div className={styles.bar}>
        <RadioGroup<View>
          segmented
          label="Show as"
          value={view}
          onChange={setView}
          options={[
            { value: 'graph', label: 'Graph' },
            { value: 'table', label: 'Table' },
          ]}
        />
        {query !== '' && <PinButton title={query.slice(0, 120)} query={query} />}
        {query !== '' && (
          <Button
            size="compact"
            icon="plus"
            onClick={() => {
              ownPanels.keep({ title: query.slice(0, 120), query: query.slice(0, 4_000) })
              toast('Kept on the dashboard "Your panels".', { label: 'Show', run: () => show('dashboards', 'own') })
            }}
          >
            Keep as a panel
          </Button>
        )}
        <RangePicker />
      </div>
      {query === '' ? <StartState metrics={names.state === 'ready' ? names.value.metrics : []} onChoose={(metric) => setText(metric)} /> : view === 'graph' ? <Graph query={query} /> : <InstantTable query={query} />}
    </div>
  )
}

/** The input with what is wrong with the query that was run. */
function QueryField({ text, query, onChange, onRun, complete, history }: { text: string; query: string; onChange(text: string): void; onRun(): void; complete: Parameters<typeof QueryInput>[0]['complete']; history: readonly string[] }) {
  const { opened } = useRoom()
  const scrape = useScrape()
  const answer = useRoomCall('metrics.instant', { query, atMs: opened.epochMs + scrape * opened.scrapeMs }, '', query !== '')
  const error = query !== '' && text.trim() === query && answer.state === 'ready' ? errorOf(answer.value) : null
  return <QueryInput label="PromQL" value={text} onChange={onChange} onRun={onRun} complete={complete} error={error} history={history} />
}

function errorOf(outcome: QueryOutcome): { from: number; to: number; message: string } | null {
  if (outcome.ok) return null
  const { from, to, message, suggestion } = outcome.error
  return { from, to, message: suggestion === null ? message : `${message}. ${suggestion}` }
}

function Graph({ query }: { query: string }) {
  const markers = useMarkers()
  const queries = useMemo(() => [{ query }], [query])
  return <QueryChart title={query} queries={queries} unit={unitOf(query)} markers={markers} height={300} />
}

/** Before the first query: what there is to ask. */
function StartState({ metrics, onChoose }: { metrics: readonly string[]; onChoose(metric: string): void }) {
  return (
    <EmptyState title="Ask the metrics">
      <p>Write PromQL and press Enter. Names complete as you type; these are measured here:</p>
      <ul className={styles.names}>
        {metrics.map((metric) => (
          <li key={metric}>
            <Button size="compact" variant="quiet" onClick={() => onChoose(metric)}>
              {metric}
            </Button>
          </li>
        ))}
      </ul>
    </EmptyState>
  )
}
