/** Focus and selection in a result grid, as pure state. Rows and columns are positions as shown, 0-based. */

export interface Cell {
  row: number
  column: number
}

export interface GridSelection {
  /** Where the keyboard is; row -1 is the header. */
  focus: Cell
  /** The other corner of the range. */
  anchor: Cell
}

export interface GridSize {
  rows: number
  columns: number
  /** Rows that a page key moves. */
  pageRows: number
}

export const initialSelection: GridSelection = { focus: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } }

export interface CellRange {
  top: number
  left: number
  /** Inclusive. */
  bottom: number
  right: number
}

/** The selected rectangle; a header focus selects its whole column. */
export function selectedRange(selection: GridSelection, size: GridSize): CellRange {
  const { focus, anchor } = selection
  const whole = focus.row < 0 || anchor.row < 0
  return {
    top: whole ? 0 : Math.min(focus.row, anchor.row),
    bottom: whole ? size.rows - 1 : Math.max(focus.row, anchor.row),
    left: Math.min(focus.column, anchor.column),
    right: Math.max(focus.column, anchor.column),
  }
}

/** True when the cell lies in the range. */
export function inRange(range: CellRange, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
}

/** Moves the focus to a cell; `extend` keeps the anchor. */
export function moveTo(selection: GridSelection, cell: Cell, extend: boolean, size: GridSize): GridSelection {
  const focus = {
    row: Math.max(-1, Math.min(cell.row, size.rows - 1)),
    column: Math.max(0, Math.min(cell.column, size.columns - 1)),
  }
  return { focus, anchor: extend ? selection.anchor : focus }
}

/** Selects whole rows from the anchor's row (when extending) to `row`. */
export function selectRow(selection: GridSelection, row: number, extend: boolean, size: GridSize): GridSelection {
  const from = extend ? Math.max(0, selection.anchor.row) : row
  return { anchor: { row: from, column: 0 }, focus: { row, column: size.columns - 1 } }
}

/** Selects everything, the focus staying in the first cell's column. */
export function selectAll(size: GridSize): GridSelection {
  return { anchor: { row: 0, column: 0 }, focus: { row: Math.max(0, size.rows - 1), column: Math.max(0, size.columns - 1) } }
}

/**
 * What a key does, after the grid pattern of WAI-ARIA: arrows move, Home and End along the row, with Mod to the grid's
 * corners, page keys by a page, Shift extends, Shift+Space takes the row and Mod+A all. Null: not a grid key.
 */
export function selectionAfterKey(
  selection: GridSelection,
  key: { key: string; shift: boolean; mod: boolean },
  size: GridSize,
): GridSelection | null {
  const { row, column } = selection.focus
  const move = (nextRow: number, nextColumn: number): GridSelection =>
    moveTo(selection, { row: nextRow, column: nextColumn }, key.shift, size)
  switch (key.key) {
    case 'ArrowUp':
      return move(key.mod ? Math.min(row, 0) : row - 1, column)
    case 'ArrowDown':
      return move(key.mod ? size.rows - 1 : row + 1, column)
    case 'ArrowLeft':
      return move(row, key.mod ? 0 : column - 1)
    case 'ArrowRight':
      return move(row, key.mod ? size.columns - 1 : column + 1)
    case 'Home':
      return move(key.mod ? 0 : row, 0)
    case 'End':
      return move(key.mod ? size.rows - 1 : row, size.columns - 1)
    case 'PageUp':
      return move(Math.max(0, row - size.pageRows), column)
    case 'PageDown':
      return move(row + size.pageRows, column)
    case ' ':
      return key.shift && row >= 0 ? selectRow(selection, row, false, size) : null
    case 'a':
    case 'A':
      return key.mod ? selectAll(size) : null
    default:
      return null
  }
}
