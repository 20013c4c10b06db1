/** Statements that reach outside the learner's database, or that would take the workspace's own footing away. */
import type { Token } from './lexer.ts'
import { nameOf } from './lexer.ts'
import type { Statement } from './statements.ts'

export interface Refusal {
  message: string
  token: Token
}

/** PRAGMAs that only read, or that change nothing outside this connection. */
const readablePragmas = new Set([
  'table_info', 'table_xinfo', 'table_list', 'index_list', 'index_info', 'index_xinfo', 'foreign_key_list',
  'foreign_key_check', 'integrity_check', 'quick_check', 'compile_options', 'function_list', 'collation_list',
  'database_list', 'page_count', 'page_size', 'freelist_count', 'user_version', 'encoding',
])
const settablePragmas = new Set(['foreign_keys', 'case_sensitive_like', 'automatic_index', 'optimize', 'analysis_limit', 'recursive_triggers', 'reverse_unordered_selects'])

const firstWordRefusals: Readonly<Record<string, string>> = {
  ATTACH: 'ATTACH is switched off: this workspace holds one database. Create a table in it instead.',
  DETACH: 'DETACH is switched off: this workspace holds one database, and it stays open.',
}

/** Why a statement is not run, or null. The message says what to do instead. */
export function refusalOf(statement: Statement): Refusal | null {
  const first = statement.tokens[0]
  if (first === undefined) return null
  const attached = firstWordRefusals[statement.firstWord]
  if (attached !== undefined) return { message: attached, token: first }
  if (statement.firstWord === 'VACUUM') {
    const into = statement.tokens.find((token) => token.kind === 'word' && token.text.toUpperCase() === 'INTO')
    if (into !== undefined) return { message: 'VACUUM INTO is switched off: nothing is written outside this database.', token: into }
  }
  for (const [index, token] of statement.tokens.entries()) {
    const called = statement.tokens[index + 1]?.kind === 'open'
    if (called && nameOf(token)?.toLowerCase() === 'load_extension') {
      return { message: 'load_extension is switched off. Use the functions that SQLite brings along.', token }
    }
  }
  return statement.firstWord === 'PRAGMA' ? pragmaRefusal(statement.tokens) : null
}

function pragmaRefusal(tokens: readonly Token[]): Refusal | null {
  const dotted = tokens[2]?.text === '.'
  const token = tokens[dotted ? 3 : 1]
  if (token === undefined) return null
  const name = (nameOf(token) ?? '').toLowerCase()
  const sets = tokens[dotted ? 4 : 2]?.text === '='
  if (settablePragmas.has(name) || (readablePragmas.has(name) && !sets)) return null
  const message = readablePragmas.has(name)
    ? `PRAGMA ${name} can be read here, not set. Leave out the value.`
    : `PRAGMA ${name} is switched off here. Those that describe the schema work: table_info, index_list, index_xinfo.`
  return { message, token }
}
