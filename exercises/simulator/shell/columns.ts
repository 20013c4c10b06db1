/** Columns as kubectl prints them: three spaces between, each as wide as its longest cell. The last is not padded. */
export function columns(rows: readonly (readonly string[])[], gap = 3): string {
  const widths: number[] = []
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  return rows.map((row) => `${row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd((widths[index] ?? 0) + gap))).join('')}\n`).join('')
}

/** Columns with all cells but the first at the right, as iostat and free print them. */
export function rightColumns(rows: readonly (readonly string[])[], gap = 2): string {
  const widths: number[] = []
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  return rows.map((row) => `${row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[index] ?? 0) + gap))).join('')}\n`).join('')
}
