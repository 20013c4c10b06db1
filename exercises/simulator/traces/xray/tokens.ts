import { TraceQueryFailure } from '../errors.ts'

export interface FilterToken {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'end'
  /** A word or symbol as written, the contents of a string. */
  readonly text: string
  readonly from: number
  readonly to: number
}

const SYMBOL = /<=|>=|!=|&&|\|\||[=<>!(){}[\],:]/y
const WORD = /[A-Za-z_][A-Za-z0-9_.-]*/y
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SPACE = /\s+/y

/** Splits a filter expression into tokens, the last one of kind `end`. */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = []
  let position = 0
  const at = (pattern: RegExp): string | null => {
    pattern.lastIndex = position
    return pattern.exec(text)?.[0] ?? null
  }
  for (;;) {
    position += at(SPACE)?.length ?? 0
    const from = position
    if (from >= text.length) {
      tokens.push({ kind: 'end', text: 'the end', from, to: from })
      return tokens
    }
    if (text[from] === '"') {
      const close = closingQuote(text, from)
      tokens.push({ kind: 'string', text: text.slice(from + 1, close).replaceAll(/\\(["\\])/g, '$1'), from, to: close + 1 })
      position = close + 1
      continue
    }
    const word = at(WORD)
    const number = word === null ? at(NUMBER) : null
    const symbol = word === null && number === null ? at(SYMBOL) : null
    const found = word ?? number ?? symbol
    if (found === null) {
      const character = String.fromCodePoint(text.codePointAt(from) ?? 0)
      throw new TraceQueryFailure(text, from, from + character.length, `unexpected ${JSON.stringify(character)}`, character === "'" ? 'Put texts in double quotes.' : null)
    }
    tokens.push({ kind: word !== null ? 'word' : number !== null ? 'number' : 'symbol', text: found, from, to: from + found.length })
    position += found.length
  }
}

function closingQuote(text: string, from: number): number {
  for (let position = from + 1; position < text.length; position += 1) {
    if (text[position] === '\\') position += 1
    else if (text[position] === '"') return position
  }
  throw new TraceQueryFailure(text, from, text.length, 'the text has no closing quote', 'Close it with ".')
}
