import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useTheme } from '../../../app/appearance.ts'
import { endsOf } from '../room/time-range.ts'
import type { TimeRange } from '../room/time-range.ts'
import { clockTime } from '../room/sim-time.ts'
import type { Exemplar } from '../world/calls/exemplars.ts'
import type { AlignedSeries } from './align.ts'
import { dashes, mostColors, readChartColors } from './chart-colors.ts'
import type { ChartColors } from './chart-colors.ts'
import { drawBackground, drawExemplars, exemplarAt } from './chart-drawing.ts'
import { ChartTip } from './chart-tip.tsx'
import type { TipPlace } from './chart-tip.tsx'
import styles from './charts.module.css'
import { valueText } from './value-text.ts'
import type { Unit } from './value-text.ts'

/** Something that happened, as a line across the chart. */
export interface Marker {
  readonly atMs: number
  readonly kind: 'change' | 'action' | 'page' | 'fault'
  /** For the page: users were well after it, so that the time is not shaded as one of harm. */
  readonly isCalm?: boolean
  /** What it was, for the pointer. */
  readonly label?: string
}

export interface ChartProps {
  /** Read aloud instead of the picture. */
  label: string
  /** Of the series, in their order. */
  names: readonly string[]
  data: AlignedSeries
  /** Place of each series in the palette. */
  colors: readonly number[]
  hidden: ReadonlySet<number>
  unit: Unit
  range: TimeRange
  epochMs: number
  markers: readonly Marker[]
  /** Traces behind the values; a press on one opens it. */
  exemplars?: readonly Exemplar[]
  onExemplar?(exemplar: Exemplar): void
  /** A level to hold, drawn as a dashed line. */
  threshold?: number | undefined
  height: number
  /** Hears the present, in wall-clock milliseconds, while time passes. */
  onPresent(listener: (nowMs: number) => void): () => void
  /** The place of the cross-hair on the grid; null when it left. */
  onHover(index: number | null): void
  onBrush(fromMs: number, toMs: number): void
  onBack(): void
}

/** Charts with this key share their cross-hair. */
const syncKey = 'room'

/** Lines over time. The pointer shows values, a drag chooses a range, a double click goes back. */
export function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const latest = useRef(props)
  const theme = useTheme()
  const [tip, setTip] = useState<TipPlace | null>(null)
  useEffect(() => {
    latest.current = props
  })
  const { data, names, colors, hidden, unit, height, label, threshold, onPresent, range, epochMs, markers, exemplars } = props
  const shape = `${theme} ${unit} ${String(threshold)} ${colors.join()} ${String(data.columns.length)}`

  useEffect(() => {
    const element = place.current
    if (element === null) return
    const palette = readChartColors(element)
    const created = new uPlot(optionsOf(latest, palette, element.clientWidth, setTip), tableOf(latest.current.data), element)
    plot.current = created
    const observer = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height: latest.current.height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      created.destroy()
      plot.current = null
    }
  }, [shape])
  useEffect(() => {
    plot.current?.setSize({ width: place.current?.clientWidth ?? 0, height })
  }, [height])
  useEffect(() => {
    plot.current?.setData(tableOf(data), false)
    plot.current?.redraw()
  }, [data, shape, markers, exemplars])
  useEffect(() => {
    const current = plot.current
    if (current === null) return
    data.columns.forEach((_, index) => current.setSeries(index + 1, { show: !hidden.has(index) }))
  }, [data.columns, hidden, shape])
  useEffect(() => {
    let frame = 0
    const move = (nowMs: number): void => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        const { fromMs, toMs } = endsOf(range, nowMs, epochMs)
        plot.current?.setScale('x', { min: fromMs / 1000, max: toMs / 1000 })
      })
    }
    const stop = onPresent(move)
    return () => {
      cancelAnimationFrame(frame)
      stop()
    }
  }, [onPresent, range, epochMs, shape])

  return (
    <>
      <p className="visually-hidden">{label}</p>
      <div className={styles.plot} aria-hidden="true">
        <div ref={place} className={styles.canvas} />
        {tip !== null && <ChartTip place={tip} names={names} data={data} colors={colors} hidden={hidden} unit={unit} markers={markers} />}
      </div>
    </>
  )
}

function tableOf(data: AlignedSeries): uPlot.AlignedData {
  return [data.timesSeconds, ...data.columns] as uPlot.AlignedData
}

function optionsOf(latest: { readonly current: ChartProps }, palette: ChartColors, width: number, setTip: (tip: TipPlace | null) => void): uPlot.Options {
  const { colors, unit, height, threshold, data } = latest.current
  return {
    width,
    height,
    legend: { show: false },
    cursor: { sync: { key: syncKey, setSeries: false }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: { time: true }, y: { range: (_, low, high) => rangeFrom(low, high, threshold) } },
    axes: [
      { stroke: palette.text, font: palette.font, grid: { stroke: palette.grid, width: 1 }, ticks: { stroke: palette.grid, width: 1, size: 4 }, size: 28, values: (_, times) => times.map((time) => clockTime(time * 1000).slice(0, 5)) },
      { stroke: palette.text, font: palette.font, grid: { stroke: palette.grid, width: 1 }, ticks: { show: false }, size: 64, values: (_, values) => values.map((value) => valueText(value, unit)) },
    ],
    series: [
      {},
      ...data.columns.map((_, index): uPlot.Series => {
        const place = colors[index] ?? index
        return { stroke: place < mostColors ? (palette.series[place] ?? palette.baseline) : palette.baseline, width: place < mostColors ? 1.5 : 1, dash: [...(dashes[place % mostColors] ?? [])], points: { show: false }, spanGaps: false }
      }),
    ],
    hooks: {
      drawAxes: [(plot) => drawBackground(plot, latest.current, palette)],
      draw: [(plot) => drawExemplars(plot, latest.current.exemplars ?? [], palette)],
      setCursor: [
        (plot) => {
          latest.current.onHover(plot.cursor.idx ?? null)
          setTip(tipPlaceOf(plot, latest.current))
        },
      ],
      setSelect: [
        (plot) => {
          if (plot.select.width < 4) return
          const [from, to] = [plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x')]
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          latest.current.onBrush(from * 1000, to * 1000)
        },
      ],
      ready: [
        (plot) => {
          plot.over.addEventListener('dblclick', () => latest.current.onBack())
          plot.over.addEventListener('click', () => {
            const found = exemplarAt(plot, latest.current.exemplars ?? [], plot.cursor.left ?? -1, plot.cursor.top ?? -1)
            if (found !== null) latest.current.onExemplar?.(found)
          })
        },
      ],
    },
  }
}

/** What is under the pointer; null for a chart that only follows the cross-hair of another. */
function tipPlaceOf(plot: uPlot, { exemplars = [], markers }: ChartProps): TipPlace | null {
  const { idx, left = -1, top = -1, event } = plot.cursor
  if (typeof idx !== 'number' || left < 0 || event === undefined || event === null) return null
  const exemplar = exemplarAt(plot, exemplars, left, top)
  plot.over.style.cursor = exemplar === null ? '' : 'pointer'
  const near = (atMs: number): boolean => Math.abs(plot.valToPos(atMs / 1000, 'x') - left) <= 6
  const { left: plotLeft, width } = plot.over.getBoundingClientRect()
  const outer = plot.root.getBoundingClientRect()
  return { index: idx, leftPx: plotLeft - outer.left + left, isRight: left > width / 2, exemplar, markers: markers.flatMap((marker, index) => (near(marker.atMs) ? [index] : [])) }
}

/** From zero, with room above; where nothing is above zero, up to one. */
function rangeFrom(low: number | null, high: number | null, threshold = 0): [number, number] {
  const top = Math.max(high ?? 0, threshold)
  return [Math.min(0, low ?? 0), top > 0 ? top * 1.08 : 1]
}
