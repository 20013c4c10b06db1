/** SQLite's tokens, with their places. Nothing is thrown away: the tokens laid end to end are the text. */

export type TokenKind =
  | 'space'
  | 'comment'
  | 'word'
  /** `"name"`, `[name]` or `` `name` ``. */
  | 'quoted'
  | 'string'
  | 'blob'
  | 'number'
  /** `:name`, `@name`, `$name`, `?` or `?3`. */
  | 'parameter'
  | 'semicolon'
  | 'open'
  | 'close'
  | 'operator'
  /** A string, name or comment that never ends. */
  | 'unterminated'

export interface Token {
  kind: TokenKind
  text: string
  /** Offsets in UTF-16 units; `end` is exclusive. */
  start: number
  end: number
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /[\s\uFEFF]+/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?\*\//y],
  // SQLite reads an unclosed block comment to the end of the text, as a comment.
  ['comment', /\/\*[\s\S]*/y],
  ['blob', /[xX]'[0-9a-fA-F]*'/y],
  ['string', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['unterminated', /['"`[][\s\S]*/y],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['parameter', /\?\d*|[:@$][A-Za-z0-9_$\u0080-\uFFFF]+/y],
  ['word', /[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_$\u0080-\uFFFF]*/y],
  ['semicolon', /;/y],
  ['open', /\(/y],
  ['close', /\)/y],
  ['operator', /->>|->|<<|>>|<=|>=|<>|!=|==|\|\||[\s\S]/y],
]

/** Every token of a text, spaces and comments included. Never fails: what is no SQL becomes an `operator`. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let start = 0
  while (start < sql.length) {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = start
      const text = pattern.exec(sql)?.[0]
      if (text === undefined) continue
      tokens.push({ kind, text, start, end: start + text.length })
      start += text.length
      break
    }
  }
  return tokens
}

/** True for tokens that SQLite reads: neither spaces nor comments. */
export function isMeaningful(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment'
}

/** The name that a word or a quoted name stands for; null for other tokens. */
export function nameOf(token: Token): string | null {
  if (token.kind === 'word') return token.text
  if (token.kind !== 'quoted') return null
  const inner = token.text.slice(1, -1)
  if (token.text.startsWith('"')) return inner.replaceAll('""', '"')
  return token.text.startsWith('`') ? inner.replaceAll('``', '`') : inner
}
