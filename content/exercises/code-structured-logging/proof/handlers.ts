import { isSecretName, levels, redacted, type Fields, type Level, type Logger, type LoggerOptions } from './log.ts'

type Plain = string | number | boolean | null | undefined | Plain[] | { [name: string]: Plain }

const patterns: [RegExp, (text: string) => string][] = [
  [/[?&][^=&#\s]+=[^&#\s]*/g, (text) => {
    const at = text.indexOf('=')
    return isSecretName(text.slice(1, at)) ? text.slice(0, at + 1) + redacted : text
  }],
  [/\w+:\/\/[^\s/:@?#]*:[^\s/@]+@/g, (text) => `${text.slice(0, text.indexOf(':', text.indexOf('://') + 3))}:${redacted}@`],
  [/Bearer \S+/g, () => `Bearer ${redacted}`],
]

/** Walks one event. `open` holds the objects between the root and where it stands. */
class Redactor {
  private readonly open = new Set<object>()

  text(text: string): string {
    return patterns.reduce((rest, [pattern, clean]) => rest.replace(pattern, clean), text)
  }

  value(value: unknown): Plain {
    switch (typeof value) {
      case 'string': return this.text(value)
      case 'number': case 'boolean': case 'undefined': return value
      case 'object': return value === null ? null : this.object(value)
      default: return `(${typeof value}) ${String(value)}`
    }
  }

  object(value: object): Plain {
    if (this.open.has(value)) return '[circular]'
    if (value instanceof Date) return Number.isFinite(value.valueOf()) ? value.toISOString() : 'invalid'
    this.open.add(value)
    const found: Plain = Array.isArray(value) ? value.map((item) => this.value(item)) : this.record(value)
    this.open.delete(value)
    return found
  }

  record(value: object): { [name: string]: Plain } {
    const record: { [name: string]: Plain } = {}
    const keys = new Set(Object.keys(value))
    if (value instanceof Error) for (const key of ['name', 'message', 'stack', 'cause']) if (key in value) keys.add(key)
    for (const key of keys) {
      let found: Plain
      try {
        found = isSecretName(key) ? redacted : this.value((value as Record<string, unknown>)[key])
      } catch (error) {
        found = `unreadable: ${typeof error}`
      }
      Object.defineProperty(record, key, { value: found, enumerable: true })
    }
    return record
  }
}

class JsonLogger implements Logger {
  constructor(private readonly options: LoggerOptions, private readonly context: Fields) {}
  debug(message: string, fields?: Fields) { this.emit('debug', message, fields) }
  info(message: string, fields?: Fields) { this.emit('info', message, fields) }
  warn(message: string, fields?: Fields) { this.emit('warn', message, fields) }
  error(message: string, fields?: Fields) { this.emit('error', message, fields) }
  child(fields: Fields): Logger { return new JsonLogger(this.options, Object.assign({}, this.context, fields)) }

  private emit(level: Level, message: string, fields: Fields = {}) {
    const { service, write, nowMs, level: least } = this.options
    if (levels.findIndex((one) => one === level) < levels.findIndex((one) => one === least)) return
    const redactor = new Redactor()
    const head = { timestamp: new Date(nowMs()).toISOString(), level, service, message: redactor.text(message) }
    const body = redactor.record({ ...this.context, ...fields })
    const rest = Object.entries(body).filter(([key]) => !(key in head))
    write(JSON.stringify(Object.fromEntries([...Object.entries(head), ...rest])))
  }
}

export function createLogger(options: LoggerOptions): Logger {
  return new JsonLogger(options, {})
}
