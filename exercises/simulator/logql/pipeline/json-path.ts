/** One step of a path into JSON: a key or an array index. */
export type PathStep = string | number

/** Reads a path such as `request.headers["User-Agent"]` or `servers[0]`; null when it is none. */
export function parseJsonPath(text: string): PathStep[] | null {
  const steps: PathStep[] = []
  const step = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y
  let position = 0
  const trimmed = text.trim()
  while (position < trimmed.length) {
    step.lastIndex = position
    const match = step.exec(trimmed)
    if (match === null || (position === 0) === match[0].startsWith('.')) {
      if (match === null || match[0].startsWith('.') || (match[1] !== undefined && position > 0)) return null
    }
    if (match[1] !== undefined) steps.push(match[1])
    else if (match[2] !== undefined) steps.push(Number(match[2]))
    else steps.push((match[3] ?? '').replaceAll(/\\(.)/g, '$1'))
    position = step.lastIndex
  }
  return steps.length === 0 ? null : steps
}

/** The value at a path as the text of a label: strings as they are, objects and arrays as JSON, nothing as ''. */
export function valueAtPath(root: unknown, path: readonly PathStep[]): string {
  let value: unknown = root
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return ''
    value = (value as Readonly<Record<PathStep, unknown>>)[step]
  }
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
