import { isSecretName, levels, redacted } from './log.ts'
import type { Fields, Level, Logger, LoggerOptions } from './log.ts'

// Writes the text of the JSON itself, piece by piece; only strings go through JSON.stringify.
const quote = (text: string): string => JSON.stringify(text)

function hide(text: string): string {
  let out = text.replace(/\bBearer\s+[^\s"']+/g, `Bearer ${redacted}`)
  out = out.replace(/([a-z][a-z0-9+.-]*:\/\/)([^\s/?#]*)@/gi, (all: string, scheme: string, login: string) => {
    const colon = login.indexOf(':')
    return colon < 0 ? all : `${scheme}${login.slice(0, colon)}:${redacted}@`
  })
  return out.split(/(?=[?&])/).map((part) => {
    const found = /^([?&])([^=&#\s]+)=[^&#\s]*([\s\S]*)$/.exec(part)
    return found?.[2] !== undefined && isSecretName(found[2]) ? `${found[1]}${found[2]}=${redacted}${found[3]}` : part
  }).join('')
}

function text(value: unknown, path: object[]): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value ?? null)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : quote(String(value))
  if (typeof value === 'string') return quote(hide(value))
  if (typeof value !== 'object') return quote(`[${typeof value}]`)
  if (path.indexOf(value) !== -1) return quote('[circular]')
  if (value instanceof Date) return quote(isNaN(+value) ? '[no date]' : value.toISOString())
  path.push(value)
  const written = Array.isArray(value) ? `[${value.map((item) => text(item, path)).join(',')}]` : members(value, path)
  path.pop()
  return written
}

function members(value: object, path: object[], without: readonly string[] = []): string {
  const own = Object.keys(value)
  const names = value instanceof Error ? [...new Set(['name', 'message', 'stack', ...Object.getOwnPropertyNames(value), ...own])] : own
  const parts: string[] = []
  for (const name of names) {
    if (without.includes(name)) continue
    const depth = path.length
    let item = quote('[unreadable]')
    try {
      item = isSecretName(name) ? quote(redacted) : text((value as Record<string, unknown>)[name], path)
    } catch {
      path.length = depth
    }
    parts.push(`${quote(name)}:${item}`)
  }
  return `{${parts.join(',')}}`
}

const reserved = ['timestamp', 'level', 'service', 'message']

export function createLogger(options: LoggerOptions): Logger {
  const allowed = new Set(levels.slice(levels.indexOf(options.level)))
  const make = (context: readonly [string, unknown][]): Logger => {
    const at = (level: Level) => (message: string, fields: Fields = {}) => {
      if (!allowed.has(level)) return
      const head = [['timestamp', new Date(options.nowMs()).toISOString()], ['level', level], ['service', options.service], ['message', hide(message)]]
      const rest = members(Object.fromEntries([...context, ...Object.entries(fields)]), [], reserved).slice(1, -1)
      options.write(`{${head.map(([key = '', value = '']) => `${quote(key)}:${quote(value)}`).join(',')}${rest === '' ? '' : `,${rest}`}}`)
    }
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: (fields) => make([...context, ...Object.entries(fields)]) }
  }
  return make([])
}
