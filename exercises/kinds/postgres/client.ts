/**
 * Reads an answer that is a client of an application: SQL, and the lines that begin with a backslash, as psql and pgbench
 * have them, for what SQL cannot say. `ClientRun` walks through it, whoever runs the statements.
 */
import type { AnswerFault } from './answer.ts'
import { tokenize } from './lexer.ts'
import type { PostgresError, StatementResult } from './session.ts'
import type { PostgresParameters } from './statements.ts'
import { lineAt, splitStatements } from './statements.ts'

export type ServerName = 'primary' | 'standby'

export type ClientItem =
  /** `stores`: the row's columns become variables (`\gset`). */
  | { kind: 'run'; sql: string; start: number; line: number; stores: boolean }
  | { kind: 'connect'; server: ServerName }
  | { kind: 'sleep'; ms: string }
  | { kind: 'if'; variable: string }
  | { kind: 'else' }
  | { kind: 'endif' }

export interface ClientAnswer {
  /** The text with the client's own lines blanked, so that places stay. */
  sql: string
  items: ClientItem[]
  /** After which errors the whole is run again, and how often at most. */
  retry: { sqlstates: string[]; times: number }
}

/** A backslash command: from the backslash to the end of its line, a comment left out. */
interface Command {
  start: number
  end: number
  name: string
  rest: string
}

/** Reads the text. Faults are told with their lines; what could be read is there all the same. */
export function readClient(text: string): { answer: ClientAnswer; faults: AnswerFault[] } {
  const retry: ClientAnswer['retry'] = { sqlstates: [], times: 0 }
  const faults: AnswerFault[] = []
  const others: { at: number; item: ClientItem }[] = []
  const stores: number[] = []
  let sql = text
  for (const command of commandsOf(text)) {
    const blank = ' '.repeat(command.end - command.start)
    sql = sql.slice(0, command.start) + (command.name === 'gset' ? `;${blank.slice(1)}` : blank) + sql.slice(command.end)
    if (command.name === 'gset') stores.push(command.start)
    const read = readCommand(command, retry)
    if (typeof read === 'string') faults.push({ message: read, line: lineAt(text, command.start) })
    else if (read !== null) others.push({ at: command.start, item: read })
  }
  const runs = splitStatements(sql).map((statement) => ({ at: statement.start, end: statement.start + statement.text.length, sql: statement.text }))
  const stored = new Set(stores.map((at) => runs.findLast((run) => run.end <= at)?.at))
  const placed = [...others, ...runs.map(({ at, sql: statement }) => ({ at, item: { kind: 'run', sql: statement, start: at, line: lineAt(text, at), stores: stored.has(at) } satisfies ClientItem }))]
  const items = placed.sort((a, b) => a.at - b.at).map(({ item }) => item)
  const open = items.filter((item) => item.kind === 'if').length - items.filter((item) => item.kind === 'endif').length
  if (open !== 0) faults.push({ message: 'Each \\if ends with an \\endif on a line of its own.', line: lineAt(text, text.length) })
  return { answer: { sql, items, retry }, faults }
}

function commandsOf(text: string): Command[] {
  const commands: Command[] = []
  let passed = 0
  for (const token of tokenize(text)) {
    if (token.start < passed || token.text !== '\\') continue
    const newline = text.indexOf('\n', token.start)
    const line = text.slice(token.start, newline === -1 ? text.length : newline)
    const [said = ''] = /^(?:(?!--).)*/.exec(line) ?? []
    const [, name = '', rest = ''] = /^\\(\w*)(.*)$/.exec(said) ?? []
    passed = token.start + said.length
    commands.push({ start: token.start, end: passed, name, rest: rest.replace(/;\s*$/, '').trim() })
  }
  return commands
}

/** What a command is, null for one that stands nowhere in the order, or a sentence that says how to write it. */
function readCommand({ name, rest }: Command, retry: ClientAnswer['retry']): ClientItem | null | string {
  switch (name) {
    case 'retry': {
      const read = /^((?:[0-9A-Z]{5}\s+)+)times\s+(\d{1,3})$/.exec(rest)
      if (read === null) return 'Write it as \\retry 40001 times 10: SQLSTATEs, then how often at most.'
      retry.sqlstates.push(...(read[1] ?? '').trim().split(/\s+/))
      retry.times = Number(read[2])
      return null
    }
    case 'gset':
      return rest === '' ? null : 'Write \\gset alone, after the query whose columns become variables.'
    case 'c':
    case 'connect':
      return rest === 'primary' || rest === 'standby' ? { kind: 'connect', server: rest } : 'Write \\connect primary or \\connect standby.'
    case 'sleep': {
      const read = /^(:?\w+)(?:\s*ms)?$/.exec(rest)
      return read?.[1] === undefined ? 'Write it as \\sleep 200 ms.' : { kind: 'sleep', ms: read[1] }
    }
    case 'if': {
      const read = /^:(\w+)$/.exec(rest)
      return read?.[1] === undefined ? 'Write it as \\if :name, with a variable that \\gset has set.' : { kind: 'if', variable: read[1] }
    }
    case 'else':
    case 'endif':
      return { kind: name }
    default:
      return `There is no \\${name} here; there are \\gset, \\if, \\else, \\endif, \\connect, \\sleep and \\retry.`
  }
}

/** What a client does next. */
export type ClientStep = { kind: 'run'; sql: string; start: number; line: number; server: ServerName; parameters: PostgresParameters } | { kind: 'sleep'; ms: number }

/** One walk through a client's items. */
export class ClientRun {
  readonly #items: readonly ClientItem[]
  readonly #given: PostgresParameters
  #variables: Record<string, string | number | null>
  #next = 0
  #server: ServerName = 'primary'
  /** For each \if that is open: whether its lines are run. */
  #branches: boolean[] = []
  #stores: ClientItem | null = null

  constructor(items: readonly ClientItem[], parameters: PostgresParameters) {
    this.#items = items
    this.#given = parameters
    this.#variables = { ...parameters }
  }

  /** The next step, or null at the end. Tell `took` what a statement returned before asking again. */
  next(): ClientStep | null {
    for (;;) {
      const item = this.#items[this.#next]
      if (item === undefined) return null
      this.#next += 1
      const runs = this.#branches.every((branch) => branch)
      if (item.kind === 'if') this.#branches.push(runs && isTrue(this.#variables[item.variable]))
      else if (item.kind === 'else') this.#branches.push(!(this.#branches.pop() ?? true))
      else if (item.kind === 'endif') this.#branches.pop()
      else if (runs && item.kind === 'connect') this.#server = item.server
      else if (runs && item.kind === 'sleep') return { kind: 'sleep', ms: Math.max(0, Number(item.ms.startsWith(':') ? this.#variables[item.ms.slice(1)] : item.ms) || 0) }
      else if (runs && item.kind === 'run') {
        this.#stores = item.stores ? item : null
        return { kind: 'run', sql: item.sql, start: item.start, line: item.line, server: this.#server, parameters: { ...this.#variables } }
      }
    }
  }

  /** Notes a statement's result. `\gset` wants one row; without one the statement counts as failed, as in psql. */
  took(result: Pick<StatementResult, 'columns' | 'rows'>): PostgresError | null {
    const item = this.#stores
    this.#stores = null
    if (item?.kind !== 'run') return null
    const [row, another] = result.rows
    if (row === undefined) return { sqlstate: '02000', message: 'no rows returned for \\gset', start: item.start, end: item.start + item.sql.length }
    if (another !== undefined) return { sqlstate: '21000', message: 'more than one row returned for \\gset', start: item.start, end: item.start + item.sql.length }
    for (const [index, name] of result.columns.entries()) this.#variables[name] = row[index] ?? null
    return null
  }

  /** Back to the first line, with the parameters alone. */
  restart(): void {
    this.#next = 0
    this.#server = 'primary'
    this.#branches = []
    this.#variables = { ...this.#given }
    this.#stores = null
  }
}

/** What psql takes for true. */
function isTrue(value: string | number | null | undefined): boolean {
  return ['t', 'true', 'on', 'yes', 'y', '1'].includes(String(value).toLowerCase())
}
