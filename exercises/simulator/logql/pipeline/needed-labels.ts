/**
 * Which labels a query looks at, so that parsers can leave the others alone. `names` null means all of them, as for log
 * queries, whose lines show every label.
 */
export interface NeededLabels {
  readonly names: ReadonlySet<string> | null
}

export const ALL_LABELS: NeededLabels = { names: null }

export function isNeeded({ names }: NeededLabels, name: string): boolean {
  return names === null || names.has(name)
}

/** Whether a label that begins with `prefix_` may be needed. */
export function mayNeedPrefix({ names }: NeededLabels, prefix: string): boolean {
  if (names === null) return true
  for (const name of names) if (name.startsWith(`${prefix}_`)) return true
  return false
}

/** A field name as a label name: other characters than letters, digits and _ become _. A leading digit gets a _ in front. */
export function sanitiseLabelName(field: string, isStart: boolean): string {
  const name = field.trim().replaceAll(/[^A-Za-z0-9_]/g, '_')
  return isStart && /^[0-9]/.test(name) ? `_${name}` : name
}
