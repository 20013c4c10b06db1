import { isSecretName, levels, redacted } from './log.ts'
import type { Fields, Level, Logger, LoggerOptions } from './log.ts'

/** Writes events as JSON, one a line, without secrets. */
export function createLogger(options: LoggerOptions, context: Fields = {}): Logger {
  const { service, level, write, nowMs } = options
  const log = (at: Level) => (message: string, fields: Fields = {}): void => {
    if (levels.indexOf(at) < levels.indexOf(level)) return
    const copied = copyProperties({ ...context, ...fields }, [])
    write(JSON.stringify({ ...copied, timestamp: new Date(nowMs()).toISOString(), level: at, service, message: scrub(message) }))
  }
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error'), child: (fields) => createLogger(options, { ...context, ...fields }) }
}

/** A text without the secrets that it carries. */
function scrub(text: string): string {
  return text
    .replace(/([?&])([^=&#\s]+)=([^&#\s]*)/g, (all, mark: string, name: string) => (isSecretName(name) ? `${mark}${name}=${redacted}` : all))
    .replace(/(:\/\/[^:/?#@\s]*):[^@/\s]+@/g, `$1:${redacted}@`)
    .replace(/\bBearer [\w.~+/=-]+/g, `Bearer ${redacted}`)
}

/** What may be written of a value that is inside those objects. */
function copy(value: unknown, inside: readonly object[]): unknown {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (typeof value === 'function') return '[function]'
  if (typeof value !== 'object' || value === null) return value
  if (inside.includes(value)) return '[circular]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[invalid date]' : value.toISOString()
  const within = [...inside, value]
  if (Array.isArray(value)) return value.map((item) => copy(item, within))
  return copyProperties(value, within)
}

function copyProperties(value: object, within: readonly object[]): Record<string, unknown> {
  const names = value instanceof Error ? ['name', 'message', 'stack', ...('cause' in value ? ['cause'] : []), ...Object.keys(value)] : Object.keys(value)
  return Object.fromEntries(names.map((name) => [name, /token|secret|password|passphrase|author|cookie|key|card|cvc/i.test(name) ? redacted : copy(read(value, name), within)]))
}

function read(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name)
  } catch {
    return '[unreadable]'
  }
}
