/* A virtualised grid cannot be a <table>: rows are placed by hand, so the roles are written out. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import type { PointerEvent as ReactPointerEvent } from 'react'
import { Icon } from '../../../ui/index.ts'
import type { SortOrder } from './sort.ts'
import styles from './result-grid.module.css'

interface GridHeadProps {
  gridId: string
  columns: readonly string[]
  numeric: readonly boolean[]
  template: string
  order: SortOrder | null
  /** Selected columns, inclusive; -1 when none. */
  focused: number
  onSort(column: number): void
  onResize(column: number, deltaPx: number): void
}

/** Column names: a press sorts, the right edge is dragged to resize. The grid handles the keyboard. */
export function GridHead({ gridId, columns, numeric, template, order, focused, onSort, onResize }: GridHeadProps) {
  const drag = (column: number) => (event: ReactPointerEvent<HTMLSpanElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onResize(column, event.movementX)
  }
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: template }}>
      <div role="columnheader" aria-colindex={1} className={styles.corner}>
        <span className="visually-hidden">Row</span>
      </div>
      {columns.map((name, column) => {
        const direction = order?.column === column ? order.direction : null
        return (
          <div
            // Two columns may have the same name.
            key={`${name}-${String(column)}`}
            id={`${gridId}-head-${String(column)}`}
            role="columnheader"
            aria-colindex={column + 2}
            aria-sort={direction ?? 'none'}
            className={styles.headCell}
            data-column={column}
            data-right={numeric[column] === true ? '' : undefined}
            data-focused={focused === column ? '' : undefined}
          >
            {/* Keys reach the head through the grid itself (aria-activedescendant). */}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
            <span className={styles.headName} title={name} onClick={() => onSort(column)}>
              {name}
            </span>
            {direction !== null && <Icon name={direction === 'ascending' ? 'chevron-up' : 'chevron-down'} size={12} />}
            <span
              className={styles.resize}
              onPointerDown={(event) => {
                event.stopPropagation()
                event.currentTarget.setPointerCapture(event.pointerId)
              }}
              onPointerMove={drag(column)}
            />
          </div>
        )
      })}
    </div>
  )
}
