/** How one SQL value reads on screen and in copied text. */
import type { SqlValue } from '../../../../exercises/kinds/sql/engine.ts'

/** Bytes of a blob that a cell shows before it stops. */
const BLOB_PREVIEW_BYTES = 16

/** Lower-case hex without a prefix. */
export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** The text of a value in a grid cell: NULL by name, a blob as its first bytes and its size. */
export function displayValue(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value
  const preview = hex(value.subarray(0, BLOB_PREVIEW_BYTES))
  const rest = value.length > BLOB_PREVIEW_BYTES ? '…' : ''
  return `x'${preview}${rest}' (${value.length} ${value.length === 1 ? 'byte' : 'bytes'})`
}

/** The kind of a value, for its cell's style and its spoken name. */
export function valueKind(value: SqlValue | undefined): 'null' | 'number' | 'text' | 'blob' {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number') return 'number'
  return typeof value === 'string' ? 'text' : 'blob'
}

/** True when a column holds numbers (NULLs aside), so that it is set to the right. Looks at the first rows only. */
export function isNumericColumn(rows: readonly SqlValue[][], column: number, sample = 200): boolean {
  let numbers = 0
  for (const row of rows.slice(0, sample)) {
    const value = row[column] ?? null
    if (value === null) continue
    if (typeof value !== 'number') return false
    numbers += 1
  }
  return numbers > 0
}
