import { clockTime } from '../room/sim-time.ts'
import type { Exemplar } from '../world/calls/exemplars.ts'
import type { AlignedSeries } from './align.ts'
import type { Marker } from './chart.tsx'
import styles from './charts.module.css'
import { Swatch } from './swatch.tsx'
import { exactText } from './value-text.ts'
import type { Unit } from './value-text.ts'

/** What the pointer stands on. */
export interface TipPlace {
  /** Place on the grid of times. */
  readonly index: number
  /** From the left of the chart. */
  readonly leftPx: number
  /** In the right half, where the tip goes to the left of it. */
  readonly isRight: boolean
  readonly exemplar: Exemplar | null
  /** Places of the markers that are near. */
  readonly markers: readonly number[]
}

interface ChartTipProps {
  place: TipPlace
  names: readonly string[]
  data: AlignedSeries
  colors: readonly number[]
  hidden: ReadonlySet<number>
  unit: Unit
  markers: readonly Marker[]
}

/** Series that a tip lists; the table below the chart has all. */
const mostLines = 8

/** Exact values under the pointer, what happened there, and the trace that a press opens. */
export function ChartTip({ place, names, data, colors, hidden, unit, markers }: ChartTipProps) {
  const { index, leftPx, isRight, exemplar } = place
  const seconds = data.timesSeconds[index]
  if (seconds === undefined) return null
  const lines = names
    .flatMap((name, at) => {
      const value = data.columns[at]?.[index]
      return hidden.has(at) || value === null || value === undefined ? [] : [{ name, at, value }]
    })
    .toSorted((one, other) => other.value - one.value)
  return (
    <div className={styles.tip} style={isRight ? { right: `calc(100% - ${String(leftPx)}px + var(--space-12))` } : { left: `calc(${String(leftPx)}px + var(--space-12))` }}>
      <strong>{clockTime(seconds * 1000)}</strong>
      {lines.slice(0, mostLines).map(({ name, at, value }) => (
        <span key={at} className={styles.tipLine}>
          <Swatch place={colors[at] ?? at} />
          <span className={styles.tipName}>{name}</span>
          <span>{exactText(value, unit)}</span>
        </span>
      ))}
      {lines.length > mostLines && <span className={styles.tipQuiet}>and {lines.length - mostLines} more below</span>}
      {place.markers.map((at) => (
        <span key={at} className={styles.tipQuiet}>
          {markers[at]?.label}
        </span>
      ))}
      {exemplar !== null && <span>Trace of {exactText(exemplar.value, unit)}: press to open</span>}
    </div>
  )
}
