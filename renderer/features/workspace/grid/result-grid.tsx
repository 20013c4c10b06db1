import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useId, useMemo, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent, PointerEvent } from 'react'
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'
import { announce } from '../../../app/announce.ts'
import { saveTextFile } from '../../../app/save-file.ts'
import { Button, Menu } from '../../../ui/index.ts'
import { toCsv, toJson, toMarkdown, toTsv } from './export.ts'
import type { Table } from './export.ts'
import { GridHead } from './grid-head.tsx'
import { columnWidths, LEAST_WIDTH_PX } from './grid-layout.ts'
import { GridRow } from './grid-row.tsx'
import { copyText } from './copy-text.ts'
import { initialSelection, moveTo, selectedRange, selectionAfterKey, selectRow } from './selection.ts'
import type { GridSelection } from './selection.ts'
import { nextOrder, sortedOrder } from './sort.ts'
import type { SortOrder } from './sort.ts'
import { isNumericColumn } from './values.ts'
import styles from './result-grid.module.css'

const ROW_PX = 24
const RESIZE_STEP_PX = 16

interface ResultGridProps {
  columns: readonly string[]
  rows: readonly SqlValue[][]
  /** Spoken name, such as "Result 1 of 2". */
  name: string
  /** What is said about the result beside the actions. */
  note: string
  fileName: string
}

/**
 * Rows of a result: only those near the window are drawn. The grid itself has the focus and names its current cell
 * (aria-activedescendant), so that scrolling never loses it.
 */
export function ResultGrid({ columns, rows, name, note, fileName }: ResultGridProps) {
  const gridId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [sortOrder, setSortOrder] = useState<SortOrder | null>(null)
  const [selection, setSelection] = useState<GridSelection>(initialSelection)
  const [widths, setWidths] = useState(() => columnWidths(columns, rows))
  const dragging = useRef(false)

  const order = useMemo(() => sortedOrder(rows, sortOrder), [rows, sortOrder])
  const numeric = useMemo(() => columns.map((_, column) => isNumericColumn(rows, column)), [columns, rows])
  const numberPx = Math.max(40, String(rows.length).length * 8 + 16)
  const template = `${String(numberPx)}px ${widths.map((width) => `${String(width)}px`).join(' ')}`
  const totalPx = widths.reduce((sum, width) => sum + width, numberPx)

  const focusRow = selection.focus.row
  // The compiler must not memoise this hook's functions, and does not: we do not run it.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    // The head covers the first row's worth of the window.
    scrollPaddingStart: ROW_PX,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range)
      // The current cell stays in the document, or its name would be lost to assistive technology.
      return focusRow >= 0 && focusRow < rows.length && !drawn.includes(focusRow) ? [...drawn, focusRow].sort((a, b) => a - b) : drawn
    },
  })

  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 240) / ROW_PX) - 1)
  const size = { rows: rows.length, columns: columns.length, pageRows }
  const range = selectedRange(selection, size)

  const select = useCallback(
    (next: GridSelection) => {
      setSelection(next)
      if (next.focus.row >= 0) virtual.scrollToIndex(next.focus.row)
      const element = scroller.current
      if (element === null) return
      const left = widths.slice(0, next.focus.column).reduce((sum, width) => sum + width, 0)
      const width = widths[next.focus.column] ?? 0
      if (left < element.scrollLeft) element.scrollLeft = left
      else if (left + width + numberPx > element.scrollLeft + element.clientWidth) element.scrollLeft = left + width + numberPx - element.clientWidth
    },
    [virtual, widths, numberPx],
  )

  const sort = (column: number): void => {
    const next = nextOrder(sortOrder, column)
    setSortOrder(next)
    announce(next === null ? 'Rows as the query returned them.' : `Sorted by ${columns[column] ?? ''}, ${next.direction}.`)
  }
  const resize = (column: number, deltaPx: number): void =>
    setWidths((all) => all.map((width, index) => (index === column ? Math.max(LEAST_WIDTH_PX, width + deltaPx) : width)))

  const rowAt = (shown: number): readonly SqlValue[] => rows[order[shown] ?? 0] ?? []
  const selectedTable = (): Table => ({
    columns: columns.slice(range.left, range.right + 1),
    rows: Array.from({ length: Math.max(0, range.bottom - range.top + 1) }, (_, at) => rowAt(range.top + at).slice(range.left, range.right + 1)),
  })
  const wholeTable = (): Table => ({ columns, rows: rows.map((_, at) => rowAt(at)) })
  /** A single cell is left alone as the wish for everything, since that is what a menu's user means. */
  const tableForMenu = (): Table => (range.top === range.bottom && range.left === range.right ? wholeTable() : selectedTable())

  const copyAs = (format: (table: Table) => string, word: string): void => {
    const table = tableForMenu()
    announce(copyText(format(table)) ? `Copied ${String(table.rows.length)} rows as ${word}.` : 'Not copied: the system refused.')
  }

  const onCopy = (event: ClipboardEvent): void => {
    const table = selectedTable()
    event.clipboardData.setData('text/plain', toTsv(table, { header: table.rows.length > 1 }))
    event.preventDefault()
    announce(`Copied ${String(table.rows.length)} by ${String(table.columns.length)} cells.`)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey
    const { row, column } = selection.focus
    if (row < 0 && event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault()
      resize(column, event.key === 'ArrowLeft' ? -RESIZE_STEP_PX : RESIZE_STEP_PX)
      return
    }
    if (row < 0 && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      sort(column)
      return
    }
    if (event.altKey) return
    const next = selectionAfterKey(selection, { key: event.key, shift: event.shiftKey, mod }, size)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    select(next)
  }

  const cellOf = (event: PointerEvent): { row: number; column: number } | null => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    return cell === null ? null : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) }
  }
  const onPointerDown = (event: PointerEvent): void => {
    const cell = cellOf(event)
    if (cell === null || event.button !== 0) return
    dragging.current = true
    setSelection((last) => (cell.column < 0 ? selectRow(last, cell.row, event.shiftKey, size) : moveTo(last, cell, event.shiftKey, size)))
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (!dragging.current || event.buttons !== 1) return
    const cell = cellOf(event)
    if (cell === null) return
    setSelection((last) => (cell.column < 0 ? selectRow(last, cell.row, true, size) : moveTo(last, cell, true, size)))
  }

  const items = virtual.getVirtualItems()
  const active = focusRow < 0 ? `${gridId}-head-${String(selection.focus.column)}` : `${gridId}-${String(focusRow)}-${String(selection.focus.column)}`
  return (
    <div className={styles.wrap}>
      <div className={styles.bar}>
        <span className={styles.note}>{note}</span>
        <Menu
          label="Copy as"
          align="end"
          trigger={
            <Button size="compact" variant="quiet" icon="copy">
              Copy as
            </Button>
          }
          items={[
            { id: 'tsv', label: 'Tab-separated, for spreadsheets', run: () => copyAs(toTsv, 'tab-separated text') },
            { id: 'csv', label: 'CSV', run: () => copyAs(toCsv, 'CSV') },
            { id: 'markdown', label: 'Markdown table', run: () => copyAs(toMarkdown, 'Markdown') },
            { id: 'json', label: 'JSON', run: () => copyAs(toJson, 'JSON') },
          ]}
        />
        <Button size="compact" variant="quiet" icon="download" onClick={() => saveTextFile(fileName, toCsv(wholeTable()), 'text/csv')}>
          Export CSV
        </Button>
      </div>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={`${name}. Arrow keys move, Shift extends, Enter on a column name sorts, Alt with the arrows there resizes.`}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={rows.length > 0 || focusRow < 0 ? active : undefined}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          dragging.current = false
        }}
      >
        <div role="presentation" className={styles.canvas} style={{ width: totalPx, height: virtual.getTotalSize() + ROW_PX }}>
          <GridHead
            gridId={gridId}
            columns={columns}
            numeric={numeric}
            template={template}
            order={sortOrder}
            focused={focusRow < 0 ? selection.focus.column : -1}
            onSort={sort}
            onResize={resize}
          />
          {items.map((item) => {
            const selected = item.index >= range.top && item.index <= range.bottom
            return (
              <GridRow
                // Elements are used again for the rows that scroll in; the current cell keeps its own.
                key={item.index === focusRow ? 'focus' : item.index % items.length}
                gridId={gridId}
                row={item.index}
                values={rowAt(item.index)}
                numeric={numeric}
                template={template}
                top={item.start + ROW_PX}
                from={selected ? range.left : -1}
                to={selected ? range.right : -2}
                focused={item.index === focusRow ? selection.focus.column : -1}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
