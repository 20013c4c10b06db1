import type { GuestKit } from './kit.ts'

/** How values are shown and compared. Works on whatever a program may hand over, within a fixed amount of text. */
export function installValues(kit: GuestKit): void {
  const maxText = 400
  const maxItems = 12
  /** Kept out of reach of programs that replace it. */
  const { is } = Object

  const quote = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}...` : text)
  const nameOf = (value: object): string => {
    const constructor: unknown = Reflect.get(value, 'constructor')
    return typeof constructor === 'function' ? constructor.name : ''
  }
  const list = (items: string[], count: number, open: string, close: string): string => {
    if (count === 0) return `${open}${close}`
    const rest = count > items.length ? [`... ${count - items.length} more`] : []
    const pad = open.endsWith('{') ? ' ' : ''
    return `${open}${pad}${[...items, ...rest].join(', ')}${pad}${close}`
  }
  const showObject = (value: object, depth: number, above: object[]): string => {
    if (above.includes(value)) return '(circular)'
    if (value instanceof Error) return `${value.name}: ${value.message}`
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Date(invalid)' : value.toISOString()
    if (value instanceof Promise) return 'Promise'
    if (value instanceof RegExp) return String(value)
    const inner = (item: unknown): string => (depth <= 0 && typeof item === 'object' && item !== null ? '...' : text(item, depth - 1, [...above, value]))
    if (Array.isArray(value)) return list(value.slice(0, maxItems).map(inner), value.length, '[', ']')
    if (value instanceof Map) {
      const items = [...value].slice(0, maxItems).map(([key, item]) => `${inner(key)} => ${inner(item)}`)
      return list(items, value.size, 'Map {', '}')
    }
    if (value instanceof Set) return list([...value].slice(0, maxItems).map(inner), value.size, 'Set {', '}')
    const keys = Object.keys(value)
    const name = nameOf(value)
    const items = keys.slice(0, maxItems).map((key) => `${/^[\w$]+$/.test(key) ? key : quote(key)}: ${inner(Reflect.get(value, key))}`)
    return list(items, keys.length, name === '' || name === 'Object' ? '{' : `${name} {`, '}')
  }
  const text = (value: unknown, depth: number, above: object[]): string => {
    if (typeof value === 'string') return quote(value)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`
    if (is(value, -0)) return '-0'
    if (typeof value === 'object' && value !== null) return showObject(value, depth, above)
    return String(value)
  }
  kit.show = (value, depth = 3) => {
    try {
      const shown = text(value, depth, [])
      return shown.length > maxText ? `${shown.slice(0, maxText)}...` : shown
    } catch {
      return '(a value that cannot be shown)'
    }
  }

  const difference = (actual: unknown, expected: unknown, path: string, seen: unknown[]): ReturnType<GuestKit['difference']> => {
    if (is(actual, expected)) return null
    const differs = { path, actual: kit.show(actual), expected: kit.show(expected) }
    if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) return differs
    if (seen.includes(actual)) return null
    const below = [...seen, actual]
    if (Array.isArray(actual) !== Array.isArray(expected)) return differs
    if (actual instanceof Error || expected instanceof Error) {
      const same = actual instanceof Error && expected instanceof Error && actual.name === expected.name && actual.message === expected.message
      return same ? null : differs
    }
    if (actual instanceof Date || expected instanceof Date) return actual instanceof Date && expected instanceof Date && actual.getTime() === expected.getTime() ? null : differs
    if (actual instanceof Map || expected instanceof Map) {
      if (!(actual instanceof Map) || !(expected instanceof Map)) return differs
      return difference([...actual], [...expected], path, below) === null ? null : differs
    }
    if (actual instanceof Set || expected instanceof Set) {
      if (!(actual instanceof Set) || !(expected instanceof Set)) return differs
      return difference([...actual], [...expected], path, below) === null ? null : differs
    }
    if (Array.isArray(actual) && Array.isArray(expected) && actual.length !== expected.length) return differs
    const keys = [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    for (const key of keys) {
      const left: unknown = Reflect.get(actual, key)
      const right: unknown = Reflect.get(expected, key)
      // A property that is undefined equals one that is not there.
      const found = difference(left, right, Array.isArray(actual) ? `${path}[${key}]` : `${path}.${key}`, below)
      if (found !== null) return found
    }
    return null
  }
  kit.difference = (actual, expected) => difference(actual, expected, '', [])
}
