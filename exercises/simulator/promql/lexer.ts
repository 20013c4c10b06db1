/**
 * The words of a query, for telling what is wrong with one: Prometheus' error messages name tokens. Queries that are right
 * are read from the grammar's tree alone.
 */
import { aggregators } from './ast.ts'
import { experimentalAggregators } from './functions/signatures.ts'
import { quote } from './string-literal.ts'
import type { Span } from './position.ts'

export type TokenKind = 'identifier' | 'number' | 'duration' | 'string' | 'keyword' | 'aggregator' | 'operator' | 'punctuation' | 'end'

export interface Token extends Span {
  readonly kind: TokenKind
  /** As written; keywords, aggregators and word operators in lower case. */
  readonly text: string
}

export interface LexicalError extends Span {
  readonly message: string
}

export interface Lexed {
  readonly tokens: readonly Token[]
  /** The first thing that is no word of PromQL; tokens end before it. */
  readonly error: LexicalError | null
}

const keywords = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'offset'])
const wordOperators = new Set(['and', 'or', 'unless', 'atan2'])
const aggregatorNames: ReadonlySet<string> = new Set([...aggregators, ...experimentalAggregators])
const space = /[ \t\n\r]*/y
const comment = /#[^\n]*/y
const word = /[A-Za-z_:][A-Za-z0-9_:]*/y
const numeric = /0[xX][0-9a-fA-F]*|[0-9_]*\.?[0-9_]*(?:[eE][+-]?[0-9]+)?/y
const durationTail = /(?:[0-9]*(?:ms|[smhdwy]))+/y
const operators = ['==', '!=', '>=', '<=', '=~', '!~', '+', '-', '*', '/', '%', '^', '>', '<', '=', '@']

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** Splits a query into tokens. Never throws. */
export function lex(query: string): Lexed {
  const tokens: Token[] = []
  let at = 0
  let parens = 0
  let bracket = false
  let brace = false
  const stop = (message: string, from = at, to = query.length): Lexed => ({ tokens, error: { message, from, to } })
  const push = (kind: TokenKind, text: string, length = text.length): void => {
    tokens.push({ kind, text, from: at, to: at + length })
    at += length
  }
  for (;;) {
    at += matchAt(space, query, at).length
    const skipped = matchAt(comment, query, at).length
    if (skipped > 0) {
      at += skipped
      continue
    }
    if (at >= query.length) {
      if (brace) return stop('unexpected end of input inside braces')
      if (parens > 0) return stop('unclosed left parenthesis')
      if (bracket) return stop('unclosed left bracket')
      push('end', '', 0)
      return { tokens, error: null }
    }
    const char = query[at] ?? ''
    if (char === '"' || char === "'" || char === '`') {
      const literal = stringAt(query, at)
      if (literal === null) return stop(char === '`' ? 'unterminated raw string' : 'unterminated quoted string')
      push('string', literal)
    } else if (/[0-9]/.test(char) || (char === '.' && /[0-9]/.test(query[at + 1] ?? ''))) {
      if (brace) return stop(`unexpected character inside braces: ${quoteChar(char)}`)
      const found = numberAt(query, at)
      if (found.bad) return stop(`bad number or duration syntax: ${quote(found.text)}`)
      push(found.duration ? 'duration' : 'number', found.text)
    } else if (/[A-Za-z_:]/.test(char) && !(char === ':' && (bracket || brace))) {
      const text = matchAt(word, query, at)
      const lower = text.toLowerCase()
      if (brace) push('identifier', text)
      else if (keywords.has(lower)) push('keyword', lower)
      else if (wordOperators.has(lower)) push('operator', lower)
      else if (aggregatorNames.has(lower)) push('aggregator', lower)
      else push(lower === 'inf' || lower === 'nan' ? 'number' : 'identifier', text)
    } else if ('()[]{},:'.includes(char)) {
      if (char === '{' && brace) return stop("unexpected left brace '{'")
      if (char === '}' && !brace) return stop("unexpected character: '}'")
      if (char === '[' && bracket) return stop("unexpected left bracket '['")
      if (char === ']' && !bracket) return stop("unexpected right bracket ']'")
      if (char === ')' && parens === 0) return stop("unexpected right parenthesis ')'")
      if (char === ':' && !bracket) return stop("unexpected colon ':'")
      if (brace && '()[]:'.includes(char)) return stop(`unexpected character inside braces: ${quoteChar(char)}`)
      if (char === '(') parens += 1
      if (char === ')') parens -= 1
      if (char === '[' || char === ']') bracket = char === '['
      if (char === '{' || char === '}') brace = char === '{'
      push('punctuation', char)
    } else {
      const operator = operators.find((text) => query.startsWith(text, at))
      const inBraces = operator === '=' || operator === '!=' || operator === '=~' || operator === '!~'
      if (brace && char === '!' && !inBraces) return stop(`unexpected character after '!' inside braces: ${quoteChar(query[at + 1] ?? '')}`)
      if (brace && !inBraces) return stop(`unexpected character inside braces: ${quoteChar(char)}`)
      if (!brace && (operator === '=~' || operator === '!~' || char === '!')) {
        if (operator !== '!=') return stop(`unexpected character after '${char}': ${quoteChar(query[at + 1] ?? '')}`)
      }
      if (operator === undefined) return stop(`unexpected character: ${quoteChar(String.fromCodePoint(query.codePointAt(at) ?? 0))}`)
      push('operator', operator)
    }
  }
}

function stringAt(query: string, at: number): string | null {
  const mark = query[at] ?? ''
  for (let index = at + 1; index < query.length; index += 1) {
    const char = query[index] ?? ''
    if (char === mark) return query.slice(at, index + 1)
    if (mark !== '`' && char === '\n') return null
    if (mark !== '`' && char === '\\') index += 1
  }
  return null
}

function numberAt(query: string, at: number): { text: string; duration: boolean; bad: boolean } {
  const plain = matchAt(numeric, query, at)
  const tail = /^[0-9]+$/.test(plain) ? matchAt(durationTail, query, at + plain.length) : ''
  const strayDigits = tail === '' ? 0 : (/^[0-9]*/.exec(query.slice(at + plain.length + tail.length, at + plain.length + tail.length + 20))?.[0].length ?? 0)
  const end = at + plain.length + tail.length + strayDigits
  const joined = /[A-Za-z0-9_.]/.test(query[end] ?? '')
  return { text: query.slice(at, query[end] === '.' ? end + 1 : end), duration: tail !== '', bad: joined || strayDigits > 0 || /^0[xX]$/.test(plain) || /_$|__/.test(plain) }
}

function quoteChar(char: string): string {
  return char === "'" ? `'\\''` : `'${quote(char).slice(1, -1).replace('\\"', '"')}'`
}

/** How Prometheus names a token in an error. */
export function describeToken(token: Token): string {
  const shown = token.text.length > 10 && token.kind !== 'identifier' ? `${quote(token.text.slice(0, 10))}...` : quote(token.text)
  switch (token.kind) {
    case 'end':
      return 'end of input'
    case 'keyword':
      return `<${token.text}>`
    case 'aggregator':
      return `<aggr:${token.text}>`
    case 'operator':
      return token.text === '=' ? '"="' : `<op:${token.text}>`
    case 'punctuation':
      return `"${token.text}"`
    default:
      return `${token.kind} ${shown}`
  }
}
