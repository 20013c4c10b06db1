/** Cuts a text into its statements, as SQLite does, and says what kind each one is. */
import type { Token } from './lexer.ts'
import { isMeaningful, tokenize } from './lexer.ts'

export interface Statement {
  /** From the first to the last meaningful token, without the semicolon; comments in between stay. */
  text: string
  /** Offset of `text` in the whole text, in UTF-16 units. */
  start: number
  end: number
  /** Meaningful tokens, with offsets in the whole text. */
  tokens: Token[]
  /**
   * What it does, in upper case: `SELECT`, `INSERT`, `CREATE INDEX`, `DROP TABLE`, `PRAGMA` ... For `WITH` it is the
   * verb after the common table expressions. `UNIQUE`, `TEMP` and `VIRTUAL` are left out (`CREATE UNIQUE INDEX` is
   * `CREATE INDEX`).
   */
  verb: string
  /** The first word in upper case, `WITH` included. */
  firstWord: string
}

const verbs = new Set(['SELECT', 'VALUES', 'INSERT', 'REPLACE', 'UPDATE', 'DELETE'])
const objects = new Set(['TABLE', 'INDEX', 'VIEW', 'TRIGGER'])

/** Splits a text at its semicolons; those in strings, comments and trigger bodies do not count. */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = []
  let current: Token[] = []
  const finish = (): void => {
    const first = current[0]
    const last = current.at(-1)
    if (first !== undefined && last !== undefined) {
      statements.push({
        text: sql.slice(first.start, last.end),
        start: first.start,
        end: last.end,
        tokens: current,
        verb: verbOf(current),
        firstWord: wordAt(current, 0),
      })
    }
    current = []
  }
  let trigger = false
  /** Depth of BEGIN and CASE inside a trigger's body; a semicolon ends the statement only at depth 0. */
  let depth = 0
  for (const token of tokenize(sql)) {
    if (!isMeaningful(token)) continue
    if (current.length === 0) {
      trigger = false
      depth = 0
    }
    if (token.kind === 'semicolon' && depth === 0) {
      finish()
      continue
    }
    current.push(token)
    if (token.kind !== 'word') continue
    const word = token.text.toUpperCase()
    if (!trigger) trigger = word === 'TRIGGER' && verbOf(current) === 'CREATE TRIGGER'
    else if (word === 'BEGIN' || word === 'CASE') depth += 1
    else if (word === 'END' && depth > 0) depth -= 1
  }
  finish()
  return statements
}

/** True for a statement that can only read. */
export function isQuery(statement: Statement): boolean {
  return statement.verb === 'SELECT' || statement.verb === 'VALUES' || statement.verb === 'EXPLAIN'
}

/** True for a statement that sets the count of changed rows. */
export function changesRows(statement: Statement): boolean {
  return ['INSERT', 'REPLACE', 'UPDATE', 'DELETE'].includes(statement.verb)
}

function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index]
  return token?.kind === 'word' ? token.text.toUpperCase() : ''
}

function verbOf(tokens: readonly Token[]): string {
  const first = wordAt(tokens, 0)
  if (first === 'CREATE' || first === 'DROP' || first === 'ALTER') {
    for (let index = 1; index < Math.min(tokens.length, 4); index += 1) {
      const word = wordAt(tokens, index)
      if (objects.has(word)) return `${first} ${word}`
    }
    return first
  }
  if (first !== 'WITH') return first
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'open') depth += 1
    else if (token.kind === 'close') depth -= 1
    else if (depth === 0 && token.kind === 'word' && verbs.has(token.text.toUpperCase())) return token.text.toUpperCase()
  }
  return first
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line += 1
  return line
}
