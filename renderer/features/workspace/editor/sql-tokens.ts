/** A small reader of SQL text for the editor: tokens with their offsets, and where statements begin and end. */

export interface SqlToken {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'comment' | 'symbol'
  /** The text as written; for `quoted` names, without the quotes. */
  text: string
  /** Offsets in UTF-16 units; `end` is exclusive. */
  start: number
  end: number
}

const patterns: readonly [SqlToken['kind'], RegExp][] = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /'(?:[^']|'')*(?:'|$)/y],
  ['quoted', /"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /[:@$]?[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['symbol', /\S/y],
]

/** Splits text into tokens; never fails, unfinished strings and comments run to the end. */
export function sqlTokens(text: string): SqlToken[] {
  const tokens: SqlToken[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    let end = at + 1
    let kind: SqlToken['kind'] = 'symbol'
    for (const [candidate, pattern] of patterns) {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      if (match) {
        kind = candidate
        end = at + match[0].length
        break
      }
    }
    const raw = text.slice(at, end)
    tokens.push({ kind, text: kind === 'quoted' ? raw.slice(1, -1) : raw, start: at, end })
    at = end
  }
  return tokens
}

export interface StatementRange {
  start: number
  /** Exclusive, the semicolon included where there is one. */
  end: number
}

/** Where each statement lies. A trigger's body (`BEGIN ... END`) belongs to its statement. */
export function statementRanges(text: string): StatementRange[] {
  const ranges: StatementRange[] = []
  let words: string[] = []
  let start: number | null = null
  let end = 0
  let depth = 0
  for (const token of sqlTokens(text)) {
    if (token.kind === 'comment') continue
    start ??= token.start
    end = token.end
    if (token.kind === 'word') {
      const word = token.text.toUpperCase()
      words.push(word)
      const inTrigger = words[0] === 'CREATE' && words.slice(1, 5).includes('TRIGGER')
      if (inTrigger && (word === 'BEGIN' || word === 'CASE')) depth += 1
      if (inTrigger && word === 'END' && depth > 0) depth -= 1
    }
    if (token.text === ';' && token.kind === 'symbol' && depth === 0) {
      if (words.length > 0 || end - start > 1) ranges.push({ start, end })
      start = null
      words = []
    }
  }
  if (start !== null) ranges.push({ start, end })
  return ranges
}

/**
 * The statement that the caret is in, or the one before it when it stands between two, so that running "this one"
 * right after typing its semicolon does what is meant.
 */
export function statementAt(text: string, offset: number): StatementRange | null {
  const ranges = statementRanges(text)
  const inside = ranges.find((range) => offset >= range.start && offset <= range.end)
  if (inside) return inside
  return ranges.findLast((range) => range.end <= offset) ?? ranges[0] ?? null
}
