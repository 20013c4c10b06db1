import { parseBytes, parseDurationSeconds } from '../query/units.ts'

/** A token of a query as Loki names it: STRING, IDENTIFIER, NUMBER, DURATION, BYTES, RANGE, a keyword, or its own text. */
export interface Token {
  readonly name: string
  readonly text: string
  readonly start: number
  readonly end: number
  /** What is wrong inside the token itself, such as a string without its end. */
  readonly problem: string | null
}

export const RANGE_FUNCTIONS = [
  'rate', 'rate_counter', 'count_over_time', 'bytes_rate', 'bytes_over_time', 'avg_over_time', 'sum_over_time', 'min_over_time',
  'max_over_time', 'stddev_over_time', 'stdvar_over_time', 'quantile_over_time', 'first_over_time', 'last_over_time', 'absent_over_time',
] as const
export const VECTOR_FUNCTIONS = ['sum', 'avg', 'min', 'max', 'count', 'stddev', 'stdvar', 'topk', 'bottomk', 'sort', 'sort_desc', 'approx_topk'] as const
export const OTHER_FUNCTIONS = ['label_replace', 'vector'] as const
export const STAGES = ['json', 'logfmt', 'pattern', 'regexp', 'unpack', 'unwrap', 'line_format', 'label_format', 'decolorize', 'drop', 'keep'] as const

const KEYWORDS = new Set<string>([
  ...RANGE_FUNCTIONS, ...VECTOR_FUNCTIONS, ...OTHER_FUNCTIONS, ...STAGES,
  'by', 'without', 'and', 'or', 'unless', 'offset', 'bool', 'on', 'ignoring', 'group_left', 'group_right', 'ip',
])

const SPACE = /(?:\s+|#[^\n]*)+/y
const SYMBOL = /\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|--strict|--keep-empty|[{}()[\],|=<>+\-*/%^.]/y
const IDENTIFIER = /[A-Za-z_:][A-Za-z0-9_:]*/y
const NUMBER = /0x[0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const NUMBER_WITH_UNIT = /(?:\d+(?:\.\d+)?[a-zA-Zµμ]+)+/y

/** Splits a query into tokens, whatever it holds: what fits nothing becomes a token with a problem. Used for messages only. */
export function tokenise(query: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  const at = (pattern: RegExp): string | null => {
    pattern.lastIndex = position
    return pattern.exec(query)?.[0] ?? null
  }
  for (;;) {
    position += at(SPACE)?.length ?? 0
    if (position >= query.length) return tokens
    const character = query[position] ?? ''
    const token = character === '"' || character === '`' ? stringToken(query, position)
      : character === '[' ? rangeToken(query, position)
      : plainToken(position, at)
    const found = token ?? unknownToken(query, position)
    tokens.push(found)
    position = found.end
  }
}

function plainToken(position: number, at: (pattern: RegExp) => string | null): Token | null {
  const withUnit = at(NUMBER_WITH_UNIT)
  if (withUnit !== null && !withUnit.startsWith('0x') && !/^\d+(\.\d+)?[eE]\d+$/.test(withUnit)) {
    const name = parseDurationSeconds(withUnit) !== null ? 'DURATION' : parseBytes(withUnit) !== null ? 'BYTES' : null
    const unit = /[a-zA-Zµμ]+/.exec(withUnit)?.[0] ?? ''
    return make(name ?? 'NUMBER', withUnit, position, name === null ? `unknown unit "${unit}" in "${withUnit}"` : null)
  }
  const number = at(NUMBER)
  if (number !== null) return make('NUMBER', number, position, null)
  const identifier = at(IDENTIFIER)
  if (identifier !== null) return make(KEYWORDS.has(identifier) ? identifier : 'IDENTIFIER', identifier, position, null)
  const symbol = at(SYMBOL)
  return symbol === null ? null : make(symbol, symbol, position, null)
}

function make(name: string, text: string, start: number, problem: string | null): Token {
  return { name, text, start, end: start + text.length, problem }
}

function unknownToken(query: string, start: number): Token {
  const text = String.fromCodePoint(query.codePointAt(start) ?? 0)
  const problem = text === "'" ? "strings are written in double quotes or backticks, not in '" : `invalid character ${JSON.stringify(text)}`
  return make(text, text, start, problem)
}

function stringToken(query: string, start: number): Token {
  const quote = query[start]
  let end = start + 1
  while (end < query.length && query[end] !== quote) {
    if (quote === '"' && query[end] === '\n') break
    end += quote === '"' && query[end] === '\\' ? 2 : 1
  }
  const closed = query[end] === quote
  return make('STRING', query.slice(start, closed ? end + 1 : Math.min(end, query.length)), start, closed ? null : 'literal not terminated')
}

function rangeToken(query: string, start: number): Token {
  const close = query.indexOf(']', start)
  if (close < 0) return make('RANGE', query.slice(start), start, "missing closing ']' in duration")
  const inside = query.slice(start + 1, close).trim()
  const problem = parseDurationSeconds(inside) !== null && inside !== '0' ? null : rangeProblem(inside)
  return make('RANGE', query.slice(start, close + 1), start, problem)
}

function rangeProblem(inside: string): string {
  const unit = /^\d+(?:\.\d+)?([A-Za-z]+)$/.exec(inside)?.[1]
  if (inside === '') return 'empty duration string'
  if (/^[\d.]+$/.test(inside)) return `missing unit in duration "${inside}"`
  return unit === undefined ? `not a valid duration string: "${inside}"` : `unknown unit "${unit}" in duration "${inside}"`
}

/** The text of a string token: escapes of Go in double quotes, none in backticks. Null when an escape is not Go's. */
export function unquote(text: string): string | null {
  if (text.startsWith('`')) return text.slice(1, -1)
  let isValid = true
  const out = text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.|$)/gsu, (_, escape: string) => {
    const simple = ({ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'" } as Readonly<Record<string, string>>)[escape]
    if (simple !== undefined) return simple
    const codePoint = /^[xuU]./.test(escape) ? parseInt(escape.slice(1), 16) : /^[0-7]{3}$/.test(escape) ? parseInt(escape, 8) : NaN
    if (codePoint >= 0 && codePoint <= 0x10ffff) return String.fromCodePoint(codePoint)
    isValid = false
    return ''
  })
  return isValid ? out : null
}
