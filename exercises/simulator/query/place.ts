/** Line and column, from 1, of an offset in a query; columns count characters, as Prometheus' and Loki's do in texts of ASCII. */
export function placeOf(query: string, offset: number): { readonly line: number; readonly column: number } {
  const before = query.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: Array.from(before.slice(lineStart)).length + 1 }
}

/** `line:column` of an offset. */
export function formatPlace(query: string, offset: number): string {
  const { line, column } = placeOf(query, offset)
  return `${line}:${column}`
}
