/** A log line as it is shown: its level, its message and its fields. */

export interface ShownLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug' | null
  readonly message: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly traceId: string | null
}

const levels: Readonly<Record<string, ShownLine['level']>> = { error: 'error', fatal: 'error', critical: 'error', warn: 'warn', warning: 'warn', info: 'info', debug: 'debug', trace: 'debug' }

/** Reads a JSON line; any other text is its own message. */
export function readLine(line: string): ShownLine {
  const fields = jsonFields(line)
  if (fields === null) return { level: null, message: line, fields: [], traceId: null }
  const named = new Map(fields)
  const traceId = named.get('trace_id') ?? ''
  return { level: levels[(named.get('level') ?? '').toLowerCase()] ?? null, message: named.get('msg') ?? named.get('message') ?? line, fields, traceId: /^[0-9a-f]{32}$/.test(traceId) ? traceId : null }
}

function jsonFields(line: string): (readonly [string, string])[] | null {
  if (!line.startsWith('{')) return null
  try {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed !== 'object' || parsed === null) return null
    return Object.entries(parsed).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const)
  } catch {
    return null
  }
}

/** The query with a filter on a field more; the field is read by `json` first. */
export function withFilter(query: string, name: string, value: string, operator: '=' | '!='): string {
  const filter = `${name}${operator}${JSON.stringify(value)}`
  return /\|\s*json\b/.test(query) ? `${query} | ${filter}` : `${query} | json | ${filter}`
}
