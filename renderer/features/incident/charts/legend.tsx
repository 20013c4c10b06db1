import { useMemo } from 'react'
import type { AlignedSeries } from './align.ts'
import styles from './charts.module.css'
import { Swatch } from './swatch.tsx'
import { valueText } from './value-text.ts'
import type { Unit } from './value-text.ts'

interface LegendProps {
  names: readonly string[]
  data: AlignedSeries
  colors: readonly number[]
  unit: Unit
  /** Place of the cross-hair; null shows the last values. */
  hovered: number | null
  hidden: ReadonlySet<number>
  onToggle(index: number): void
}

/** Every series with its value under the cross-hair, or its last, and its smallest and largest. */
export function Legend({ names, data, colors, unit, hovered, hidden, onToggle }: LegendProps) {
  const ends = useMemo(() => data.columns.map(endsOfColumn), [data])
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? '' : valueText(value, unit))
  return (
    <div className={styles.scroll}>
      <table className={styles.legend}>
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col">{hovered === null ? 'Last' : 'Here'}</th>
            <th scope="col">Min</th>
            <th scope="col">Max</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, index) => (
            <tr key={name + String(index)}>
              <th scope="row">
                <button type="button" className={styles.name} aria-pressed={!hidden.has(index)} onClick={() => onToggle(index)} title={name}>
                  <Swatch place={colors[index] ?? index} />
                  {name}
                </button>
              </th>
              <td>{text(hovered === null ? ends[index]?.last : data.columns[index]?.[hovered])}</td>
              <td>{text(ends[index]?.min)}</td>
              <td>{text(ends[index]?.max)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function endsOfColumn(column: readonly (number | null)[]): { last: number | null; min: number | null; max: number | null } {
  let last: number | null = null
  let min: number | null = null
  let max: number | null = null
  for (const value of column) {
    if (value === null) continue
    last = value
    min = min === null || value < min ? value : min
    max = max === null || value > max ? value : max
  }
  return { last, min, max }
}
