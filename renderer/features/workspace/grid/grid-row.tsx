/* A virtualised grid cannot be a <table>: rows are placed by hand, so the roles are written out. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { memo } from 'react'
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'
import { displayValue, valueKind } from './values.ts'
import styles from './result-grid.module.css'

interface GridRowProps {
  gridId: string
  /** Position as shown, 0-based. */
  row: number
  values: readonly SqlValue[]
  numeric: readonly boolean[]
  template: string
  top: number
  /** Selected columns, inclusive; -1 when none. */
  from: number
  to: number
  /** Column of the keyboard's cell; -1 when it is elsewhere. */
  focused: number
}

/** One row of the grid. Only rows near the window are ever made. */
export const GridRow = memo(function GridRow({ gridId, row, values, numeric, template, top, from, to, focused }: GridRowProps) {
  return (
    <div role="row" aria-rowindex={row + 2} className={styles.row} style={{ gridTemplateColumns: template, transform: `translateY(${String(top)}px)` }}>
      <div role="rowheader" aria-colindex={1} className={styles.number} data-row={row} data-column={-1}>
        {row + 1}
      </div>
      {values.map((value, column) => {
        const kind = valueKind(value)
        const selected = column >= from && column <= to
        return (
          <div
            // Columns have no identity but their place.
            key={column}
            id={`${gridId}-${String(row)}-${String(column)}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={selected}
            className={styles.cell}
            data-row={row}
            data-column={column}
            data-kind={kind}
            data-right={numeric[column] === true ? '' : undefined}
            data-focused={focused === column ? '' : undefined}
          >
            {displayValue(value)}
          </div>
        )
      })}
    </div>
  )
})
