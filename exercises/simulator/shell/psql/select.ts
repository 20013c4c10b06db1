/** A small part of SQL: selects over one view with conditions, order and limit, and count(*). What is more is refused by name. */
import type { Cell, View } from './views.ts'

/** A select that has been read. */
export interface Select {
  readonly from: string | null
  readonly items: readonly Item[]
  readonly where: readonly Condition[]
  readonly orderBy: readonly { readonly item: string; readonly isDescending: boolean }[]
  readonly limit: number | null
}

interface Item {
  readonly expression: string
  readonly alias: string
}
interface Condition {
  readonly left: string
  readonly operator: string
  readonly right: string
}

/** What a select gave, or the server's complaint. */
export type Answer = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] } | { readonly error: string }

const operators = /^(.+?)\s*(<=|>=|<>|!=|=|<|>|\bnot\s+like\b|\bilike\b|\blike\b|\bis\s+not\b|\bis\b)\s*(.+)$/i

/** Reads a select; an error names what is not supported. */
export function readSelect(sql: string): Select | { readonly error: string } {
  const unsupported = /\b(join|union|group\s+by|having|with|distinct|case|or|over)\b/i.exec(withoutStrings(sql))
  if (unsupported !== null) return { error: `ERROR:  ${(unsupported[1] ?? '').toUpperCase()} is not part of this simulation's SQL. It answers SELECT over one view, with WHERE ... AND ..., ORDER BY and LIMIT.` }
  const match = /^select\s+([\s\S]+?)(?:\s+from\s+([\w.]+)(?:\s+(?:as\s+)?(?!where\b|order\b|limit\b)\w+)?)?(?:\s+where\s+([\s\S]+?))?(?:\s+order\s+by\s+([\s\S]+?))?(?:\s+limit\s+(\d+))?\s*$/i.exec(sql.trim())
  if (match === null) return { error: `ERROR:  syntax error at or near "${sql.trim().split(/\s+/)[1] ?? ''}"` }
  const [, list = '', from, where, order, limit] = match
  const conditions = (where === undefined ? [] : split(where, /\s+and\s+/i)).map((text) => operators.exec(text.trim()))
  const bad = conditions.indexOf(null)
  if (bad >= 0) return { error: `ERROR:  this condition is not part of this simulation's SQL: ${split(where ?? '', /\s+and\s+/i)[bad] ?? ''}` }
  return {
    from: from?.replace(/^pg_catalog\./i, '').toLowerCase() ?? null,
    items: split(list, /,/).map((text) => {
      const [, expression = '', alias] = /^([\s\S]+?)(?:\s+as\s+(\w+))?$/i.exec(text.trim()) ?? []
      return { expression: expression.trim(), alias: alias ?? (/^(\w+)\s*\(/.exec(expression)?.[1] ?? (/^[a-z_][\w.]*$/i.test(expression) ? expression.replace(/^\w+\./, '') : expression === '*' ? '*' : '?column?')).toLowerCase() }
    }),
    where: conditions.map((found) => ({ left: found?.[1]?.trim() ?? '', operator: (found?.[2] ?? '').toLowerCase().replace(/\s+/g, ' '), right: found?.[3]?.trim() ?? '' })),
    orderBy: order === undefined ? [] : split(order, /,/).map((text) => ({ item: text.trim().replace(/\s+(asc|desc)$/i, ''), isDescending: /\sdesc$/i.test(text.trim()) })),
    limit: limit === undefined ? null : Number(limit),
  }
}

/** Answers a select from a view. @param nowUs microseconds since the Unix epoch */
export function answerSelect(select: Select, view: View, nowUs: number): Answer {
  const failures: string[] = []
  const value = (text: string, row: Readonly<Record<string, Cell>>): Cell => {
    const found = evaluate(text, row, view, nowUs)
    if (typeof found === 'object' && found !== null && 'error' in found) {
      failures.push(found.error)
      return null
    }
    return found
  }
  const kept = view.rows.filter((row) => select.where.every(({ left, operator, right }) => holds(value(left, row), operator, value(right, row))))
  const aliases = new Map(select.items.map(({ alias, expression }) => [alias, expression]))
  const sorted = kept.toSorted((one, other) => {
    for (const { item, isDescending } of select.orderBy) {
      const expression = aliases.get(item.toLowerCase()) ?? item
      const order = compare(value(expression, one), value(expression, other))
      if (order !== 0) return isDescending ? -order : order
    }
    return 0
  })
  const [first] = select.items
  const isCount = select.items.length === 1 && /^count\s*\(/i.test(first?.expression ?? '')
  const items = select.items.flatMap((item) => (item.expression === '*' ? view.columns.filter((column) => column !== 'blocked_by').map((column) => ({ expression: column, alias: column })) : [item]))
  // Checks the names also where no row is left.
  const blank = Object.fromEntries(view.columns.map((column) => [column, null]))
  if (!isCount) for (const { expression } of items) value(expression, blank)
  for (const { item } of select.orderBy) value(aliases.get(item.toLowerCase()) ?? item, blank)
  const rows = isCount ? [[sorted.length]] : sorted.slice(0, select.limit ?? sorted.length).map((row) => items.map(({ expression }) => value(expression, row)))
  const [failure] = failures
  return failure === undefined ? { columns: items.map(({ alias }) => alias), rows } : { error: failure }
}

function evaluate(text: string, row: Readonly<Record<string, Cell>>, view: View, nowUs: number): Cell | { readonly error: string } {
  const expression = text.trim().replace(/::\w+$/, '')
  const string = /^'((?:[^']|'')*)'$/.exec(expression)
  if (string !== null) return (string[1] ?? '').replaceAll("''", "'")
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return Number(expression)
  if (/^null$/i.test(expression)) return null
  if (/^(?:true|false)$/i.test(expression)) return expression.toLowerCase() === 'true'
  if (/^now\(\)$/i.test(expression)) return { timeUs: nowUs }
  const interval = /^interval\s+'(\d+)\s*(second|sec|minute|min|hour)s?'$/i.exec(expression)
  if (interval !== null) return { intervalUs: Number(interval[1]) * (/^s/i.test(interval[2] ?? '') ? 1e6 : /^m/i.test(interval[2] ?? '') ? 60e6 : 3600e6) }
  if (/^pg_blocking_pids\s*\(\s*(?:\w+\.)?pid\s*\)$/i.test(expression)) return row['blocked_by'] ?? null
  const size = /^cardinality\s*\((.+)\)$/i.exec(expression)
  if (size !== null) {
    const list = evaluate(size[1] ?? '', row, view, nowUs)
    return Array.isArray(list) ? list.length : list
  }
  const minus = /^(.+?)\s+-\s+(.+)$/.exec(expression)
  if (minus !== null) {
    const left = evaluate(minus[1] ?? '', row, view, nowUs)
    const right = evaluate(minus[2] ?? '', row, view, nowUs)
    if (isTime(left) && isTime(right)) return { intervalUs: left.timeUs - right.timeUs }
    if (isTime(left) && isInterval(right)) return { timeUs: left.timeUs - right.intervalUs }
    return typeof left === 'number' && typeof right === 'number' ? left - right : null
  }
  const left = /^left\s*\(\s*([\w.]+)\s*,\s*(\d+)\s*\)$/i.exec(expression)
  if (left !== null) {
    const found = evaluate(left[1] ?? '', row, view, nowUs)
    return typeof found === 'string' ? found.slice(0, Number(left[2])) : found
  }
  const column = expression.replace(/^\w+\./, '').toLowerCase()
  if (view.columns.includes(column)) return row[column] ?? null
  return /^\w+$/.test(column) ? { error: `ERROR:  column "${column}" does not exist` } : { error: `ERROR:  this expression is not part of this simulation's SQL: ${expression}` }
}

function isTime(value: unknown): value is { readonly timeUs: number } {
  return typeof value === 'object' && value !== null && 'timeUs' in value
}

function isInterval(value: unknown): value is { readonly intervalUs: number } {
  return typeof value === 'object' && value !== null && 'intervalUs' in value
}

function rank(value: Cell): string | number | null {
  if (isTime(value)) return value.timeUs
  if (isInterval(value)) return value.intervalUs
  return typeof value === 'boolean' ? Number(value) : Array.isArray(value) ? value.length : (value as string | number | null)
}

/** Nulls come last, as PostgreSQL has them when it sorts up. */
function compare(one: Cell, other: Cell): number {
  const [left, right] = [rank(one), rank(other)]
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
  return left < right ? -1 : left > right ? 1 : 0
}

function holds(left: Cell, operator: string, right: Cell): boolean {
  if (operator === 'is') return left === null && right === null
  if (operator === 'is not') return left !== null && right === null
  if (left === null || right === null) return false
  if (operator.endsWith('like')) {
    const pattern = new RegExp(`^${String(right).replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '[\\s\\S]*').replaceAll('_', '[\\s\\S]')}$`, operator === 'ilike' ? 'i' : '')
    return pattern.test(String(left)) !== operator.startsWith('not')
  }
  const order = compare(left, right)
  return operator === '=' ? order === 0 : operator === '<' ? order < 0 : operator === '>' ? order > 0 : operator === '<=' ? order <= 0 : operator === '>=' ? order >= 0 : order !== 0
}

/** Splits outside of quotes and brackets. */
function split(text: string, separator: RegExp): readonly string[] {
  const hidden = text.replace(/'(?:[^']|'')*'|\([^()]*(?:\([^()]*\)[^()]*)*\)/g, (found) => '\u0000'.repeat(found.length))
  const parts: string[] = []
  let from = 0
  for (const { index, 0: found } of hidden.matchAll(new RegExp(separator, 'gi'))) {
    parts.push(text.slice(from, index))
    from = index + found.length
  }
  return [...parts, text.slice(from)]
}

function withoutStrings(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, "''")
}
