import { useState, type ReactNode } from 'react'
import { numberText } from './number-text.ts'
import type { Columns, Line } from './plot.tsx'
import type { Axis } from './scale.ts'
import styles from './plot.module.css'

const mostRows = 12

/** A chart's numbers, at a dozen places. Built only when opened: a slider would build it at every move. */
export function NumbersTable({ label, x, y, lines, columns }: { label: string; x: Axis; y: Axis; lines: readonly Line[]; columns: readonly Columns[] }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.numbers} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Numbers</summary>
      {open ? (
        // A wide table scrolls, so it takes the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className={styles.tableScroll} tabIndex={0} aria-label={`Numbers: ${label}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{x.title}</th>
                {[...columns, ...lines].map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(lines, columns).map(([at, ...values]) => (
                <tr key={at}>
                  <th scope="row">{x.format?.(at ?? 0) ?? numberText(at ?? 0)}</th>
                  {values.map((value, index) => (
                    <td key={index}>{value === undefined ? '' : Number.isFinite(value) ? (y.format?.(value) ?? numberText(value)) : 'endless'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  )
}

function rowsOf(lines: readonly Line[], columns: readonly Columns[]): (number | undefined)[][] {
  const grid = columns[0]?.values.map(({ from, to }) => (from + to) / 2) ?? lines[0]?.points.map(([at]) => at) ?? []
  const every = Math.max(1, Math.ceil(grid.length / mostRows))
  const places = grid.filter((_, index) => index % every === 0 || index === grid.length - 1)
  return places.map((at) => [at, ...columns.map(({ values }) => values.find(({ from, to }) => at >= from && at <= to)?.y), ...lines.map((line) => valueNear(line, at))])
}

function valueNear({ points, stepped = false }: Line, at: number): number | undefined {
  if (stepped) return points.findLast(([x]) => x <= at)?.[1]
  let nearest = points[0]
  for (const point of points) if (nearest === undefined || Math.abs(point[0] - at) < Math.abs(nearest[0] - at)) nearest = point
  return nearest?.[1]
}
