/** Cuts a text into PostgreSQL's statements, says what each one is, and puts values in the place of named parameters. */
import type { Token } from './lexer.ts'
import { isMeaningful, tokenize } from './lexer.ts'

export interface Statement {
  /** From the first to the last meaningful token, without the semicolon. */
  text: string
  /** Offset of `text` in the whole text, in UTF-16 units. */
  start: number
  tokens: Token[]
  /**
   * What it does, in upper case: `SELECT`, `UPDATE`, `BEGIN`, `CREATE INDEX`, `ALTER TABLE` ... For `WITH` the verb after
   * the common table expressions. `UNIQUE`, `TEMP` and the like are left out.
   */
  verb: string
}

export type PostgresParameters = Readonly<Record<string, string | number | null>>

const skipped = new Set(['OR', 'REPLACE', 'UNIQUE', 'TEMP', 'TEMPORARY', 'UNLOGGED', 'GLOBAL', 'LOCAL', 'MATERIALIZED', 'RECURSIVE', 'CONSTRAINT', 'EVENT', 'FOREIGN'])
const dataVerbs = new Set(['SELECT', 'VALUES', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TABLE'])

/** Splits a text at its semicolons; those in strings, comments and bodies of `BEGIN ATOMIC` do not count. */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = []
  let current: Token[] = []
  let atomicDepth = 0
  const finish = (): void => {
    const first = current[0]
    const last = current.at(-1)
    if (first !== undefined && last !== undefined) statements.push({ text: sql.slice(first.start, last.end), start: first.start, tokens: current, verb: verbOf(current) })
    current = []
    atomicDepth = 0
  }
  for (const token of tokenize(sql)) {
    if (!isMeaningful(token)) continue
    if (token.kind === 'semicolon' && atomicDepth === 0) {
      finish()
      continue
    }
    current.push(token)
    const word = token.kind === 'word' ? token.text.toUpperCase() : ''
    if (word === 'ATOMIC' && wordAt(current, current.length - 2) === 'BEGIN') atomicDepth = 1
    else if (atomicDepth > 0 && word === 'CASE') atomicDepth += 1
    else if (atomicDepth > 0 && word === 'END') atomicDepth -= 1
  }
  finish()
  return statements
}

function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index]
  return token?.kind === 'word' ? token.text.toUpperCase() : ''
}

function verbOf(tokens: readonly Token[]): string {
  const first = wordAt(tokens, 0)
  if (first === 'CREATE' || first === 'DROP' || first === 'ALTER') {
    for (let index = 1; index < tokens.length; index += 1) {
      const word = wordAt(tokens, index)
      if (word !== '' && !skipped.has(word)) return `${first} ${word}`
    }
    return first
  }
  if (first !== 'WITH') return first
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(') depth += 1
    else if (token.text === ')') depth -= 1
    else if (depth === 0 && token.kind === 'word' && dataVerbs.has(token.text.toUpperCase())) return token.text.toUpperCase()
  }
  return first
}

/** True for a statement that opens or ends a transaction. */
export function isTransactionControl(verb: string): boolean {
  return ['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE'].includes(verb)
}

/** Names of the parameters of a text, each once, in order. */
export function parameterNames(sql: string): string[] {
  return [...new Set(tokenize(sql).flatMap((token) => (nameOf(token) ?? [])))]
}

/** `item` of `:item` and of `:'item'`. */
function nameOf(token: Token): string | null {
  return token.kind === 'parameter' && token.text.startsWith(':') ? token.text.replace(/[:']/g, '') : null
}

/** A text with values in it, and the way back from a place in it to the text that the learner wrote. */
export interface BoundText {
  sql: string
  originalOffset(offset: number): number
}

/** Puts literals in the place of `:name`; names without a value stay, and PostgreSQL reports them. */
export function bindParameters(sql: string, parameters: PostgresParameters): BoundText {
  let bound = ''
  /** Where a replaced piece ends in both texts. */
  const shifts: { at: number; original: number }[] = []
  for (const token of tokenize(sql)) {
    const name = nameOf(token)
    const value = name !== null && Object.hasOwn(parameters, name) ? parameters[name] : undefined
    bound += value === undefined ? token.text : literal(value)
    if (value !== undefined) shifts.push({ at: bound.length, original: token.end })
  }
  return {
    sql: bound,
    originalOffset: (offset) => {
      const shift = shifts.findLast(({ at }) => at <= offset)
      return shift === undefined ? Math.min(offset, sql.length) : Math.min(shift.original + offset - shift.at, sql.length)
    },
  }
}

/** A value as PostgreSQL would write it. Negative numbers are bracketed, so that `1-:n` stays a subtraction. */
export function literal(value: string | number | null): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return value < 0 ? `(${value})` : String(value)
  return value.includes('\\') ? `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${value.replaceAll("'", "''")}'`
}

/** `name` as an identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line += 1
  return line
}
