/** Results as text, the way chapters show them. One format for every engine, so that outputs compare across machines. */

/** A cell as the engines give it. */
export type Cell = string | number | bigint | boolean | null | Uint8Array

/** More rows or lines than this are counted, not shown. */
export const shownRows = 20

/**
 * Prints rows in aligned columns under their names: numbers to the right, the rest to the left, NULL as `NULL`. After
 * 20 rows (or `most`), or for none, the number of rows follows as `(1,234 rows)`.
 */
export function printRows(columns: readonly string[], rows: readonly (readonly Cell[])[], { most = shownRows, none = 'NULL' }: { most?: number; none?: string } = {}): string {
  const shown = rows.slice(0, most).map((row) => columns.map((_, index) => cellText(row[index] ?? null, none)))
  const widths = columns.map((name, index) => Math.max(length(name), ...shown.map((row) => length(row[index] ?? ''))))
  const right = columns.map((_, index) => rows.length > 0 && rows.every((row) => isNumber(row[index] ?? null)) && rows.some((row) => (row[index] ?? null) !== null))
  const line = (cells: readonly string[]): string => cells.map((cell, index) => pad(cell, widths[index] ?? 0, right[index] === true)).join(' | ').trimEnd()
  const lines = [line(columns), widths.map((width) => '-'.repeat(width)).join('-+-'), ...shown.map(line)]
  if (rows.length > most) lines.push(`(${grouped(rows.length)} rows)`)
  else if (rows.length === 0) lines.push('(0 rows)')
  return lines.join('\n')
}

function cellText(cell: Cell, none: string): string {
  if (cell === null) return none
  if (cell instanceof Uint8Array) return `x'${[...cell].map((byte) => byte.toString(16).padStart(2, '0')).join('')}'`
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  return String(cell).replaceAll('\n', '\\n')
}

function isNumber(cell: Cell): boolean {
  return cell === null || typeof cell === 'number' || typeof cell === 'bigint'
}

/** Characters, so that a name with a letter outside the basic plane does not shift its column. */
function length(text: string): number {
  return [...text].length
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - length(text)))
  return right ? space + text : text + space
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** Lines as they are; after `most` of them their number follows as `(57 lines)`. */
export function printLines(lines: readonly string[], most = shownRows): string {
  return (lines.length > most ? [...lines.slice(0, most), `(${grouped(lines.length)} lines)`] : lines).join('\n')
}

/** A line of a tree with the lines below it. */
export interface TreeLine {
  detail: string
  children: readonly TreeLine[]
}

/** Draws a plan as SQLite's shell does: `|--` for a step with a sibling after it, `` `-- `` for the last. */
export function printTree(roots: readonly TreeLine[], indent = ''): string {
  return roots
    .flatMap((node, index) => {
      const last = index === roots.length - 1
      const below = printTree(node.children, indent + (last ? '   ' : '|  '))
      return [`${indent}${last ? '`--' : '|--'}${node.detail}`, ...(below === '' ? [] : [below])]
    })
    .join('\n')
}
