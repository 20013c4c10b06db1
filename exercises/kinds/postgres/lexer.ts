/** PostgreSQL's tokens, with their places. Laid end to end they are the text; what is no SQL becomes an `operator`. */

export interface Token {
  kind: 'space' | 'comment' | 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'semicolon' | 'operator'
  text: string
  /** Offsets in UTF-16 units; `end` is exclusive. */
  start: number
  end: number
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /[\s\uFEFF]+/y],
  ['comment', /--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/y],
  ['string', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$)/y],
  ['quoted', /(?:[uU]&)?"(?:[^"]|"")*(?:"|$)/y],
  ['word', /[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_$\u0080-\uFFFF]*/y],
  ['number', /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  // A cast has two colons, and is no parameter.
  ['operator', /::|:=/y],
  // psql writes :'name' where it wants the quotes; values are quoted here as they need it.
  ['parameter', /:[A-Za-z_][A-Za-z0-9_]*|:'[A-Za-z_][A-Za-z0-9_]*'|\$\d+/y],
  ['semicolon', /;/y],
  ['operator', /[\s\S]/y],
]
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_\u0080-\uFFFF]*)?\$/y

/** Every token of a text, spaces and comments included. An unclosed string or comment reaches to the end. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let start = 0
  while (start < sql.length) {
    const [kind, end] = tokenAt(sql, start)
    tokens.push({ kind, text: sql.slice(start, end), start, end })
    start = end
  }
  return tokens
}

function tokenAt(sql: string, start: number): [Token['kind'], number] {
  if (sql.startsWith('/*', start)) return ['comment', blockCommentEnd(sql, start)]
  dollarQuote.lastIndex = start
  const quote = dollarQuote.exec(sql)?.[0]
  if (quote !== undefined) {
    const close = sql.indexOf(quote, start + quote.length)
    return ['string', close === -1 ? sql.length : close + quote.length]
  }
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    const text = pattern.exec(sql)?.[0]
    if (text !== undefined && text !== '') return [kind, start + text.length]
  }
  return ['operator', start + 1]
}

/** PostgreSQL's block comments nest. */
function blockCommentEnd(sql: string, start: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = start
  let depth = 0
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return sql.length
}

/** True for tokens that PostgreSQL reads: neither spaces nor comments. */
export function isMeaningful(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment'
}
