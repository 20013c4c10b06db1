import { useEffect, useMemo, useState } from 'react'
import { Chart } from '../../charts/chart.tsx'
import type { Marker } from '../../charts/chart.tsx'
import chartStyles from '../../charts/charts.module.css'
import { Legend } from '../../charts/legend.tsx'
import { unitText } from '../../charts/value-text.ts'
import type { TimeRange } from '../../room/time-range.ts'
import { cutSeries, pointsUntil } from './cut-series.ts'
import type { ReplayChart } from './use-replay-data.ts'

interface ReplayChartViewProps {
  replay: ReplayChart
  /** Wall clock of the simulated world, in milliseconds. */
  nowMs: number
  range: TimeRange
  epochMs: number
  markers: readonly Marker[]
}

/** The scrubber moves time here; a drag across a chart chooses nothing. */
const nothing = (): void => undefined

/** A chart of the overview as it stood at a moment, on an axis of the whole shift. */
export function ReplayChartView({ replay, nowMs, range, epochMs, markers }: ReplayChartViewProps) {
  const { chart, names, colors, data } = replay
  const [hovered, setHovered] = useState<number | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [present] = useState(() => new Present())
  const points = pointsUntil(data, nowMs / 1000)
  const cut = useMemo(() => cutSeries(data, points), [data, points])
  const shown = useMemo(() => markers.filter(({ atMs }) => atMs <= nowMs), [markers, nowMs])
  // The height of the axis follows what is drawn, as it did in the shift.
  useEffect(() => present.tell(nowMs), [present, nowMs, cut])
  const toggle = (index: number): void => {
    const next = new Set(hidden)
    if (!next.delete(index)) next.add(index)
    setHidden(next)
  }
  return (
    <figure className={chartStyles.figure}>
      <figcaption className={chartStyles.head}>
        <span className={chartStyles.title}>{chart.title}</span>
        <span className={chartStyles.unit}>{unitText(chart.unit)}</span>
      </figcaption>
      <Chart
        label={`${chart.title}: ${String(names.length)} series up to this moment. The table below has their values.`}
        names={names}
        data={cut}
        colors={colors}
        hidden={hidden}
        unit={chart.unit}
        range={range}
        epochMs={epochMs}
        markers={shown}
        height={140}
        onPresent={present.listen}
        onHover={setHovered}
        onBrush={nothing}
        onBack={nothing}
      />
      <Legend names={names} data={cut} colors={colors} unit={chart.unit} hovered={hovered} hidden={hidden} onToggle={toggle} />
    </figure>
  )
}

/** Tells a chart that time has moved. */
class Present {
  private nowMs = 0
  private listener: ((nowMs: number) => void) | null = null

  readonly listen = (listener: (nowMs: number) => void): (() => void) => {
    this.listener = listener
    listener(this.nowMs)
    return () => {
      this.listener = null
    }
  }

  tell(nowMs: number): void {
    this.nowMs = nowMs
    this.listener?.(nowMs)
  }
}
