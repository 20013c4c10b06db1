/** Reads tables, columns and indexes from SQLite's own catalogue. */
import type { SchemaColumn, SchemaIndex, SchemaTable, SqlValue } from './engine.ts'

type Query = (sql: string) => SqlValue[][]

const quoteString = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** `name` as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Tables and views by name, without SQLite's own and without the shadow tables of virtual ones. */
export function readSchema(query: Query, countRows: boolean): SchemaTable[] {
  const listed = query(`SELECT l.name, l.type, m.sql FROM pragma_table_list AS l JOIN sqlite_schema AS m ON m.name = l.name
    WHERE l.schema = 'main' AND l.type IN ('table', 'view', 'virtual') AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name`)
  return listed.map(([nameValue, typeValue, sql]) => {
    const name = String(nameValue)
    const type = typeValue === 'view' || typeValue === 'virtual' ? typeValue : 'table'
    const counted = countRows && type !== 'view' ? query(`SELECT count(*) FROM ${quoteName(name)}`)[0]?.[0] : null
    return {
      name,
      type,
      rows: typeof counted === 'number' ? counted : null,
      sql: String(sql ?? ''),
      columns: columnsOf(query, name),
      indexes: type === 'table' ? indexesOf(query, name) : [],
    }
  })
}

function columnsOf(query: Query, table: string): SchemaColumn[] {
  return query(`SELECT name, type, "notnull", pk FROM pragma_table_info(${quoteString(table)}) ORDER BY cid`).map((row) => ({
    name: String(row[0]),
    type: String(row[1]),
    notNull: row[2] === 1,
    primaryKey: row[3] !== 0,
  }))
}

function indexesOf(query: Query, table: string): SchemaIndex[] {
  return query(`SELECT l.name, l."unique", l.partial, m.sql FROM pragma_index_list(${quoteString(table)}) AS l
    LEFT JOIN sqlite_schema AS m ON m.type = 'index' AND m.name = l.name ORDER BY l.name`).map((row) => {
    const name = String(row[0])
    const sql = typeof row[3] === 'string' ? row[3] : null
    return { name, unique: row[1] === 1, partial: row[2] === 1, columns: indexColumns(query, name, sql), sql }
  })
}

/** Column names in order; an expression is taken from the index's text, where SQLite keeps it. */
function indexColumns(query: Query, index: string, sql: string | null): string[] {
  const terms = sql === null ? [] : termsOf(sql)
  return query(`SELECT name, "desc" FROM pragma_index_xinfo(${quoteString(index)}) WHERE key = 1 ORDER BY seqno`).map(([name, descending], place) => {
    const column = typeof name === 'string' ? name : (terms[place] ?? 'expression')
    return descending === 1 && typeof name === 'string' ? `${column} DESC` : column
  })
}

/** `CREATE INDEX i ON t (a, lower(b))` to `["a", "lower(b)"]`. */
function termsOf(sql: string): string[] {
  const on = /\bON\b[^(]*\(/i.exec(sql)
  if (on === null) return []
  const terms: string[] = []
  let depth = 1
  let term = ''
  for (const character of sql.slice(on.index + on[0].length)) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0) break
    if (character === ',' && depth === 1) {
      terms.push(term.trim())
      term = ''
    } else term += character
  }
  return [...terms, term.trim()]
}
