import { useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { ResultSeries } from '../../../../exercises/simulator/promql/index.ts'
import { useRoom, useRoomCall, useScrape } from '../room/room-context.ts'
import { endsOf, stepFor } from '../room/time-range.ts'
import { alignSeries } from './align.ts'
import { Chart } from './chart.tsx'
import type { Marker } from './chart.tsx'
import { ExemplarMenu } from './exemplar-menu.tsx'
import styles from './charts.module.css'
import { Legend } from './legend.tsx'
import { useExemplars } from './use-exemplars.ts'
import { usePresent } from './use-present.ts'
import { seriesName } from './series-name.ts'
import { unitText } from './value-text.ts'
import type { Unit } from './value-text.ts'

export interface ChartQuery {
  readonly query: string
  /** Name of its series, with `{{label}}`. */
  readonly legend?: string
}

interface QueryChartProps {
  title: string
  queries: readonly ChartQuery[]
  unit: Unit
  threshold?: number
  height?: number
  markers: readonly Marker[]
  /** At the right of the title. */
  actions?: ReactNode
  /** Parts keep their colour everywhere: by the name in this label. Else colours follow the order of the series. */
  colorLabel?: string
  /** What no series at all means. */
  none?: string
}

const noSteps = { startMs: 0, endMs: -1, stepMs: 1 }

/** A panel: queries over the room's time range, asked again at each scrape. */
export function QueryChart({ title, queries, unit, threshold, height = 160, markers, actions, colorLabel, none = 'No series in this range' }: QueryChartProps) {
  const { opened, timeRange, facts, show } = useRoom()
  const scrape = useScrape()
  const range = useSyncExternalStore(timeRange.subscribe, timeRange.get)
  const steps = useMemo(() => {
    const nowMs = opened.epochMs + scrape * opened.scrapeMs
    const ends = endsOf(range, nowMs, opened.epochMs)
    const stepMs = stepFor(ends, opened.scrapeMs)
    // On multiples of the step, so that a moving window shows the same points again.
    const startMs = Math.max(opened.epochMs, Math.floor(ends.fromMs / stepMs) * stepMs)
    return { startMs, endMs: Math.max(startMs, Math.min(nowMs, Math.ceil(ends.toMs / stepMs) * stepMs)), stepMs }
  }, [range, scrape, opened])
  const answer = useRoomCall('metrics.ranges', { queries: queries.map(({ query }) => query), steps }, '')
  const exemplars = useExemplars(queries, unit, steps)
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [hovered, setHovered] = useState<number | null>(null)

  const answered = answer.state === 'ready' ? answer.value : null
  const shown = useMemo(() => {
    const named = (answered?.outcomes ?? []).flatMap((outcome, index) => {
      if (!outcome.ok || outcome.result.type !== 'matrix') return []
      return outcome.result.series.map((series) => ({ series, name: seriesName(series.labels, queries[index]?.legend) }))
    })
    return {
      names: named.map(({ name }) => name),
      data: alignSeries(named.map(({ series }) => series), answered?.steps ?? noSteps),
      colors: named.map(({ series }, index) => colorOf(series, index, colorLabel, facts.parts.map((part) => part.name))),
    }
  }, [answered, queries, colorLabel, facts])
  const error = answer.state === 'failed' ? answer.message : answered?.outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.message]))[0]
  const onPresent = usePresent()

  return (
    <figure className={styles.figure}>
      <figcaption className={styles.head}>
        <span className={styles.title} title={title}>
          {title}
        </span>
        <span className={styles.unit}>{unitText(unit)}</span>
        {exemplars.length > 0 && <ExemplarMenu title={title} exemplars={exemplars} />}
        {actions}
      </figcaption>
      {error === undefined && shown.names.length > 0 ? (
        <>
          <Chart
            label={`${title}: ${String(shown.names.length)} series. The table below has their values.`}
            names={shown.names}
            data={shown.data}
            colors={shown.colors}
            hidden={hidden}
            unit={unit}
            range={range}
            epochMs={opened.epochMs}
            markers={markers}
            exemplars={exemplars}
            onExemplar={({ traceId }) => show('traces', traceId)}
            threshold={threshold}
            height={height}
            onPresent={onPresent}
            onHover={setHovered}
            onBrush={(fromMs, toMs) => timeRange.set({ kind: 'fixed', fromMs, toMs })}
            onBack={() => timeRange.back()}
          />
          <Legend names={shown.names} data={shown.data} colors={shown.colors} unit={unit} hovered={hovered} hidden={hidden} onToggle={(index) => setHidden(toggled(hidden, index))} />
        </>
      ) : (
        <div className={styles.empty} style={{ height }} role={error === undefined ? undefined : 'alert'}>
          {error ?? (answered === null ? '' : none)}
        </div>
      )}
    </figure>
  )
}

function colorOf(series: ResultSeries, index: number, label: string | undefined, parts: readonly string[]): number {
  if (label === undefined) return index
  const place = parts.indexOf(series.labels[label] ?? '')
  return place < 0 ? index : place
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(item)) next.add(item)
  return next
}
