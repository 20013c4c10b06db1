import { useState, useSyncExternalStore } from 'react'
import { Button, RadioGroup, TextInput } from '../../../../ui/index.ts'
import { RangePicker } from '../../room/range-picker.tsx'
import { useKeep, useRoom, useScrape } from '../../room/room-context.ts'
import { endsOf } from '../../room/time-range.ts'
import type { PanelProps } from '../index.ts'
import { ServiceMapView } from './service-map-view.tsx'
import { TraceComparisonView } from './trace-comparison-view.tsx'
import { TraceList } from './trace-list.tsx'
import { TraceView } from './trace-view.tsx'
import styles from './traces.module.css'

type View = 'list' | 'compare' | 'map'

const isTraceId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** Traces: search them, open one, hold the slow against the rest, see the services as a map. `input` is an id or a search. */
export default function TracesPanel({ input }: PanelProps) {
  const { opened, timeRange } = useRoom()
  const keep = useKeep()
  const scrape = useScrape()
  const range = useSyncExternalStore(timeRange.subscribe, timeRange.get)
  const [traceId, setTraceId] = useState(input !== null && isTraceId(input) ? input : null)
  const [text, setText] = useState(input !== null && !isTraceId(input) ? input : '')
  const [query, setQuery] = useState(text)
  const [view, setView] = useState<View>('list')
  const [asked, setAsked] = useState(scrape)
  // A list that changed under the pointer could not be read: it is asked again with the button, or when the range moves.
  const ends = endsOf(range, opened.epochMs + asked * opened.scrapeMs, opened.epochMs)
  const run = (): void => {
    const wanted = text.trim()
    setAsked(scrape)
    if (isTraceId(wanted)) setTraceId(wanted)
    else {
      setTraceId(null)
      setQuery(wanted)
      void keep({ type: 'asked', kind: 'trace', query: wanted.slice(0, 4_000) })
    }
  }
  if (traceId !== null) return <TraceView traceId={traceId} onBack={() => setTraceId(null)} />
  return (
    <div className={styles.panel}>
      <form
        className={styles.bar}
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <TextInput className={styles.search} aria-label="Search traces" placeholder="service=orders duration>500ms status=error, or a trace id" value={text} onChange={(event) => setText(event.target.value)} />
        <Button type="submit" variant="main">
          Search
        </Button>
      </form>
      <div className={styles.bar}>
        <RadioGroup<View>
          segmented
          label="Show"
          value={view}
          onChange={setView}
          options={[
            { value: 'list', label: 'Traces' },
            { value: 'compare', label: 'Slow against the rest' },
            { value: 'map', label: 'Services' },
          ]}
        />
        {asked !== scrape && (
          <Button size="compact" icon="reset" onClick={() => setAsked(scrape)}>
            Up to now
          </Button>
        )}
        <span className={styles.end}>
          <RangePicker />
        </span>
      </div>
      {view === 'list' && <TraceList query={query} ends={ends} onOpen={setTraceId} />}
      {view === 'compare' && <TraceComparisonView query={query} ends={ends} />}
      {view === 'map' && <ServiceMapView ends={ends} />}
    </div>
  )
}
