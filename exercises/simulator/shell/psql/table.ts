import type { Cell } from './views.ts'

/** A result as psql prints it, aligned, with the count of rows. */
export function resultTable(columns: readonly string[], rows: readonly (readonly Cell[])[], isBare = false): string {
  const texts = rows.map((row) => row.map(cellText))
  if (isBare) return texts.map((row) => `${row.join('|')}\n`).join('')
  const widths = columns.map((column, index) => Math.max(column.length, ...texts.map((row) => row[index]?.length ?? 0)))
  const isRight = columns.map((_, index) => rows.some((row) => typeof row[index] === 'number'))
  const head = columns.map((column, index) => ` ${centred(column, widths[index] ?? 0)} `).join('|')
  const body = texts.map((row) => row.map((text, index) => ` ${isRight[index] === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)} `).join('|').trimEnd())
  return `${[head, widths.map((width) => '-'.repeat(width + 2)).join('+'), ...body, `(${rows.length} row${rows.length === 1 ? '' : 's'})`, ''].join('\n')}\n`
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  if (typeof cell === 'number') return Number.isInteger(cell) ? String(cell) : String(Math.round(cell * 1e6) / 1e6)
  if (typeof cell === 'string') return cell
  if ('timeUs' in cell) return `${new Date(Math.floor(cell.timeUs / 1000)).toISOString().slice(0, 19).replace('T', ' ')}.${String(Math.round(cell.timeUs) % 1_000_000).padStart(6, '0')}+00`
  if ('intervalUs' in cell) return intervalText(cell.intervalUs)
  return `{${cell.join(',')}}`
}

function intervalText(us: number): string {
  const sign = us < 0 ? '-' : ''
  const whole = Math.abs(Math.round(us))
  const two = (value: number): string => String(value).padStart(2, '0')
  const seconds = Math.floor(whole / 1e6)
  return `${sign}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(whole % 1e6).padStart(6, '0')}`
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return `${' '.repeat(Math.max(0, left))}${text}`.padEnd(width)
}
