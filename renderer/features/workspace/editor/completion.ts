/** What to offer while SQL is being written, from the live schema. Pure; the editor adapts it to Monaco. */
import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { Token } from '../../../../exercises/kinds/sql/lexer.ts'
import { isMeaningful, tokenize } from '../../../../exercises/kinds/sql/lexer.ts'
import { statementAt } from './statement-at.ts'
import type { Vocabulary } from './dialect.ts'
import { functions, keywords } from './sql-vocabulary.ts'

export interface Suggestion {
  label: string
  insert: string
  kind: 'column' | 'table' | 'index' | 'function' | 'keyword' | 'alias'
  /** One line beside the label: type, table, signature. */
  detail: string
  /** Lower comes first. */
  rank: number
}

interface Source {
  /** The name that columns may be prefixed with. */
  alias: string
  table: SchemaTable | null
}

const afterTable = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE', 'TABLE', 'REFERENCES', 'ANALYZE'])
const notAlias = new Set([
  'ON', 'WHERE', 'JOIN', 'LEFT', 'INNER', 'CROSS', 'NATURAL', 'USING', 'GROUP', 'ORDER', 'LIMIT', 'SET', 'VALUES', 'UNION', 'EXCEPT',
  'INTERSECT', 'HAVING', 'INDEXED', 'NOT', 'RETURNING', 'SELECT', 'AS', 'WINDOW', 'FULL', 'RIGHT', 'OUTER', 'DEFAULT',
])

const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'quoted'
const upper = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '')
/** The name that a token stands for, without its quotes. */
const nameOf = (token: Token): string => (token.kind === 'quoted' ? token.text.slice(1, -1) : token.text)
const quoteName = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)

/** Tables and aliases that the statement names, in order; common table expressions have no columns that we know. */
export function sourcesOf(tokens: readonly Token[], schema: readonly SchemaTable[]): Source[] {
  const byName = new Map(schema.map((table) => [table.name.toLowerCase(), table]))
  const sources: Source[] = []
  tokens.forEach((token, at) => {
    const word = upper(token)
    const isIndexTarget = word === 'ON' && tokens.slice(0, at).some((before) => upper(before) === 'INDEX')
    const isComma = token.text === ',' && sources.length > 0
    if (!isIndexTarget && !isComma && !['FROM', 'JOIN', 'INTO', 'UPDATE'].includes(word)) return
    const name = tokens[at + 1]
    if (!isName(name)) return
    const table = byName.get(nameOf(name).toLowerCase()) ?? null
    // After a comma only a known table is a source; otherwise it is a column of a list.
    if (isComma && table === null) return
    const next = upper(tokens[at + 2]) === 'AS' ? tokens[at + 3] : tokens[at + 2]
    const hasAlias = isName(next) && !notAlias.has(upper(next)) && !isIndexTarget
    sources.push({ alias: nameOf(hasAlias ? next : name), table })
  })
  return sources
}

function columnsOf(source: Source, rank: number): Suggestion[] {
  return (source.table?.columns ?? []).map((column) => ({
    label: column.name,
    insert: quoteName(column.name),
    kind: 'column',
    detail: `${column.type === '' ? 'any type' : column.type} in ${source.table?.name ?? source.alias}${column.primaryKey ? ', key' : ''}`,
    rank,
  }))
}

const tablesAs = (schema: readonly SchemaTable[], rank: number): Suggestion[] =>
  schema.map((table) => ({
    label: table.name,
    insert: quoteName(table.name),
    kind: 'table',
    detail: table.rows === null ? table.type : `${table.type}, ${table.rows.toLocaleString('en')} rows`,
    rank,
  }))

function indexesAs(schema: readonly SchemaTable[], rank: number): Suggestion[] {
  return schema.flatMap((table) =>
    table.indexes.map((index) => ({
      label: index.name,
      insert: quoteName(index.name),
      kind: 'index' as const,
      detail: `index on ${table.name} (${index.columns.join(', ')})`,
      rank,
    })),
  )
}

/** Same label from two tables (`id`) is offered once per label and detail. */
function unique(suggestions: Suggestion[]): Suggestion[] {
  const seen = new Set<string>()
  return suggestions.filter((suggestion) => {
    const key = `${suggestion.kind}:${suggestion.label}:${suggestion.kind === 'column' ? suggestion.detail : ''}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/**
 * Suggestions at an offset of the text. After `alias.` the columns of that table; after FROM and the like tables;
 * elsewhere columns in reach, then aliases, tables, functions and keywords. Nothing inside strings and comments.
 */
export function completionsAt(text: string, offset: number, schema: readonly SchemaTable[], vocabulary: Vocabulary = { keywords, functions }): Suggestion[] {
  const everything = tokenize(text)
  const open = everything.find((token) => token.start < offset && offset <= token.end)
  const isClosed = open !== undefined && offset === open.end
  if (open?.kind === 'comment' || open?.kind === 'unterminated' || open?.kind === 'number' || (open?.kind === 'string' && !isClosed)) return []
  const range = statementAt(text, offset) ?? { start: 0, end: text.length }
  const tokens = everything.filter(
    (token) => isMeaningful(token) && token.start >= range.start && token.end <= Math.max(range.end, offset),
  )
  const before = tokens.filter((token) => token.end <= offset)
  const last = before.at(-1)
  // The word being typed is not context.
  if (last !== undefined && last.end === offset && isName(last)) before.pop()
  const previous = before.at(-1)
  const sources = sourcesOf(tokens, schema)

  if (previous?.text === '.') {
    const ownerToken = before.at(-2)
    const owner = ownerToken && nameOf(ownerToken).toLowerCase()
    const named = sources.find((source) => source.alias.toLowerCase() === owner)
    const direct = schema.find((table) => table.name.toLowerCase() === owner)
    return columnsOf(named ?? { alias: owner ?? '', table: direct ?? null }, 0)
  }

  const word = upper(previous)
  if (word === 'INDEX' && before.some((token) => upper(token) === 'DROP')) return indexesAs(schema, 0)
  if (afterTable.has(word) || (word === 'ON' && before.some((token) => upper(token) === 'INDEX'))) return tablesAs(schema, 0)

  const aliases: Suggestion[] = sources
    .filter((source) => source.alias.toLowerCase() !== source.table?.name.toLowerCase())
    .map((source) => ({
      label: source.alias,
      insert: quoteName(source.alias),
      kind: 'alias',
      detail: source.table === null ? 'named in this statement' : `alias of ${source.table.name}`,
      rank: 1,
    }))
  return unique([
    ...sources.flatMap((source) => columnsOf(source, 0)),
    ...aliases,
    ...tablesAs(schema, 2),
    ...Object.entries(vocabulary.functions).map(([name, detail]) => ({ label: name, insert: `${name}(`, kind: 'function' as const, detail, rank: 3 })),
    ...vocabulary.keywords.map((keyword) => ({ label: keyword, insert: keyword, kind: 'keyword' as const, detail: '', rank: 4 })),
  ])
}
