import { useMemo, useState, useSyncExternalStore } from 'react'
import { alignSeries } from '../../charts/align.ts'
import { Chart } from '../../charts/chart.tsx'
import chartStyles from '../../charts/charts.module.css'
import { Legend } from '../../charts/legend.tsx'
import { seriesName } from '../../charts/series-name.ts'
import { usePresent } from '../../charts/use-present.ts'
import { useMarkers } from '../../charts/use-markers.ts'
import { useRoom } from '../../room/room-context.ts'
import type { LogsAnswer } from '../../world/calls/logs.ts'

type MetricAnswer = Extract<LogsAnswer, { kind: 'metric' }>

/** What a metric query counts in the logs, as lines over time. */
export function LogMetric({ query, answer }: { query: string; answer: MetricAnswer }) {
  const { opened, timeRange } = useRoom()
  const range = useSyncExternalStore(timeRange.subscribe, timeRange.get)
  const markers = useMarkers()
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [hovered, setHovered] = useState<number | null>(null)
  const { names, data, colors } = useMemo(() => {
    const series = answer.result.type === 'matrix' ? answer.result.series : []
    return { names: series.map(({ labels }) => seriesName(labels, undefined)), data: alignSeries(series, answer.steps), colors: series.map((_, index) => index) }
  }, [answer])
  const onPresent = usePresent()
  return (
    <figure className={chartStyles.figure}>
      <figcaption className={chartStyles.head}>
        <span className={chartStyles.title}>{query}</span>
      </figcaption>
      <Chart
        label={`${query}: ${String(names.length)} series. The table below has their values.`}
        names={names}
        data={data}
        colors={colors}
        hidden={hidden}
        unit="count"
        range={range}
        epochMs={opened.epochMs}
        markers={markers}
        height={260}
        onPresent={onPresent}
        onHover={setHovered}
        onBrush={(fromMs, toMs) => timeRange.set({ kind: 'fixed', fromMs, toMs })}
        onBack={() => timeRange.back()}
      />
      <Legend
        names={names}
        data={data}
        colors={colors}
        unit="count"
        hovered={hovered}
        hidden={hidden}
        onToggle={(index) => {
          const next = new Set(hidden)
          if (!next.delete(index)) next.add(index)
          setHidden(next)
        }}
      />
    </figure>
  )
}
