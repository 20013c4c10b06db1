/** Finds what an SQLite message is about in the statement's text, so that an editor can underline it. */
import type { Token } from './lexer.ts'
import { nameOf } from './lexer.ts'
import type { Statement } from './statements.ts'

export interface Place {
  start: number
  end: number
}

const namedInMessage = /^(?:no such (?:column|table|function|index|view|trigger|collation sequence|module|savepoint)|ambiguous column name|wrong number of arguments to function|misuse of (?:aggregate|window function|aggregate function)|unknown (?:database|join type)|table|index|view|trigger|there is already (?:a table|an index) named|cannot (?:modify|use|create|drop)[^:]*|duplicate column name|circular reference|row value misused)[: ]+["'`]?([^\s"'`(]+)/

/** Syntax errors, by SQLite's words. */
export function isSyntaxMessage(message: string): boolean {
  return /syntax error|incomplete input|unrecognized token/.test(message)
}

/**
 * The part of `statement` that `message` speaks of.
 * @param messageOf what SQLite says to another text, or null when it accepts it. SQLite names the token it stopped at
 *   but not which of several equal ones: the text cut off behind the right one gives the same message, behind an
 *   earlier one it does not.
 */
export function placeOf(message: string, statement: Statement, messageOf: (sql: string) => string | null): Place {
  const whole = { start: statement.start, end: statement.end }
  const near = /^(?:near "([\s\S]*)": syntax error|unrecognized token: "([\s\S]*)")$/.exec(message)
  const nearText = near?.[1] ?? near?.[2]
  if (nearText !== undefined) {
    const candidates = statement.tokens.filter((token) => token.text.startsWith(nearText))
    const upTo = (token: Token): string => statement.text.slice(0, token.start - statement.start + nearText.length)
    const only = candidates.length === 1 ? candidates[0] : undefined
    return only ?? candidates.find((token) => messageOf(upTo(token)) === message) ?? candidates.at(-1) ?? whole
  }
  if (/incomplete input/.test(message)) return statement.tokens.at(-1) ?? whole
  const named = namedInMessage.exec(message)?.[1]
  return (named === undefined ? null : placeOfName(named, statement.tokens)) ?? whole
}

function placeOfName(named: string, tokens: readonly Token[]): Place | null {
  const parts = named.split('.').map((part) => part.toLowerCase())
  const names = tokens.map((token) => nameOf(token)?.toLowerCase() ?? (token.text === '.' ? '.' : null))
  const wanted = parts.flatMap((part, index) => (index === 0 ? [part] : ['.', part]))
  for (let index = 0; index < names.length; index += 1) {
    if (!wanted.every((part, step) => names[index + step] === part)) continue
    // A bare column name is not the one behind a dot: `o.x` does not explain `no such column: x`.
    if (names[index - 1] === '.' && wanted.length === 1 && names.indexOf(wanted[0] ?? '', index + 1) !== -1) continue
    const first = tokens[index]
    const last = tokens[index + wanted.length - 1]
    if (first !== undefined && last !== undefined) return { start: first.start, end: last.end }
  }
  return wanted.length > 1 ? placeOfName(parts.at(-1) ?? '', tokens) : null
}
