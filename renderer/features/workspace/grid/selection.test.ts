import { describe, expect, it } from 'vitest'
import { initialSelection, inRange, selectedRange, selectionAfterKey } from './selection.ts'
import type { GridSelection } from './selection.ts'

const size = { rows: 100, columns: 4, pageRows: 20 }
const press = (from: GridSelection, ...keys: string[]): GridSelection =>
  keys.reduce((selection, key) => {
    const parts = key.split('+')
    const next = selectionAfterKey(
      selection,
      { key: parts.at(-1)!, shift: parts.includes('Shift'), mod: parts.includes('Mod') },
      size,
    )
    return next ?? selection
  }, from)

describe('grid keys', () => {
  it('moves, stops at the edges, and reaches the header above the first row', () => {
    expect(press(initialSelection, 'ArrowLeft', 'ArrowUp', 'ArrowUp').focus).toEqual({ row: -1, column: 0 })
    expect(press(initialSelection, 'Mod+End', 'ArrowDown', 'ArrowRight').focus).toEqual({ row: 99, column: 3 })
    expect(press(initialSelection, 'PageDown', 'PageDown', 'PageUp').focus).toEqual({ row: 20, column: 0 })
  })

  it('extends a range with Shift and forgets it without', () => {
    const ranged = press(initialSelection, 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight')
    expect(selectedRange(ranged, size)).toEqual({ top: 1, bottom: 2, left: 0, right: 1 })
    expect(selectedRange(press(ranged, 'ArrowDown'), size)).toEqual({ top: 3, bottom: 3, left: 1, right: 1 })
  })

  it('takes a row with Shift+Space, all with Mod+A, and a column from its header', () => {
    expect(selectedRange(press(initialSelection, 'ArrowDown', 'Shift+ '), size)).toEqual({ top: 1, bottom: 1, left: 0, right: 3 })
    expect(selectedRange(press(initialSelection, 'Mod+a'), size)).toEqual({ top: 0, bottom: 99, left: 0, right: 3 })
    const column = selectedRange(press(initialSelection, 'ArrowRight', 'ArrowUp'), size)
    expect(column).toEqual({ top: 0, bottom: 99, left: 1, right: 1 })
    expect(inRange(column, 50, 1)).toBe(true)
    expect(inRange(column, 50, 2)).toBe(false)
  })
})
