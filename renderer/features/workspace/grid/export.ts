/** Result rows as CSV, TSV, Markdown and JSON text. Pure: the caller puts it on the clipboard or in a file. */
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'
import { hex } from './values.ts'

export interface Table {
  columns: readonly string[]
  rows: readonly (readonly SqlValue[])[]
}

const blobText = (value: Uint8Array): string => `x'${hex(value)}'`

function plainText(value: SqlValue): string {
  if (value === null) return ''
  return value instanceof Uint8Array ? blobText(value) : String(value)
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

/**
 * RFC 4180: CRLF between records, quotes where a field holds a comma, a quote, a line break or outer blanks.
 * NULL is an empty field and an empty string is `""`, so that the two can be told apart.
 */
export function toCsv(table: Table): string {
  const field = (value: SqlValue): string => {
    if (value === '') return '""'
    const text = plainText(value)
    return /[",\r\n]|^\s|\s$/.test(text) ? quote(text) : text
  }
  return [table.columns, ...table.rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

/** Tab-separated, as spreadsheets paste it: quoted where a cell holds a tab, a quote or a line break. */
export function toTsv(table: Table, options: { header: boolean } = { header: true }): string {
  const field = (value: SqlValue): string => {
    const text = plainText(value)
    return /["\t\r\n]/.test(text) ? quote(text) : text
  }
  const lines = options.header ? [table.columns, ...table.rows] : table.rows
  return lines.map((row) => row.map(field).join('\t')).join('\n')
}

/** A GitHub Markdown table; numeric columns are set to the right, NULL is written out. */
export function toMarkdown(table: Table): string {
  const cell = (value: SqlValue): string => {
    const text = value === null ? 'NULL' : plainText(value)
    return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\r\n|\r|\n/g, '<br>')
  }
  const isNumeric = (column: number): boolean => {
    const values = table.rows.map((row) => row[column] ?? null).filter((value) => value !== null)
    return values.length > 0 && values.every((value) => typeof value === 'number')
  }
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(table.columns.map(cell)),
    line(table.columns.map((_, column) => (isNumeric(column) ? '---:' : '---'))),
    ...table.rows.map((row) => line(row.map(cell))),
  ].join('\n')
}

/** Column names made unique, since SQL allows two of the same name and JSON keeps only the last. */
export function uniqueNames(columns: readonly string[]): string[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    let name = column
    for (let suffix = 2; taken.has(name); suffix += 1) name = `${column}_${suffix}`
    taken.add(name)
    return name
  })
}

/** A JSON array of objects, one row a line. Blobs become `x'...'` text. */
export function toJson(table: Table): string {
  const names = uniqueNames(table.columns)
  const rows = table.rows.map((row) => {
    const pairs = names.map((name, column): [string, string | number | null] => {
      const value = row[column] ?? null
      return [name, value instanceof Uint8Array ? blobText(value) : value]
    })
    return `  ${JSON.stringify(Object.fromEntries(pairs))}`
  })
  return rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n]`
}
