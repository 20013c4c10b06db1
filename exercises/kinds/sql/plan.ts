/** Reads EXPLAIN QUERY PLAN into a tree that knows tables, indexes and full scans. */
import type { PlanNode, SqlValue } from './engine.ts'
import { nameOf } from './lexer.ts'
import type { Statement } from './statements.ts'

/**
 * Builds the tree from the rows (id, parent, unused, detail) of EXPLAIN QUERY PLAN. Aliases are replaced by the names
 * of their tables in `table`; `detail` keeps SQLite's words.
 */
export function parsePlan(rows: readonly SqlValue[][], statement: Statement): PlanNode[] {
  const aliases = aliasesOf(statement)
  const views = new Set(rows.map((row) => /^(?:MATERIALIZE|CO-ROUTINE) (.+)$/.exec(String(row[3]))?.[1] ?? ''))
  const roots: PlanNode[] = []
  const byId = new Map<number, PlanNode>()
  for (const row of rows) {
    const node = nodeOf(Number(row[0]), String(row[3]), aliases, views)
    byId.set(node.id, node)
    const parent = byId.get(Number(row[1]))
    if (parent === undefined) roots.push(node)
    else parent.children.push(node)
  }
  return roots
}

/** Every node of a plan, parents before children. */
export function planNodes(plan: readonly PlanNode[]): PlanNode[] {
  return plan.flatMap((node) => [node, ...planNodes(node.children)])
}

const access = /^(SCAN|SEARCH) (.+?)(?: USING (.+?))?(?: VIRTUAL TABLE INDEX (.*?))?( LEFT-JOIN)?$/
const usingIndex = /^(AUTOMATIC )?(?:PARTIAL )?(COVERING )?INDEX(?: ([^( ]\S*))?(?: \(.*\))?$/

function nodeOf(id: number, detail: string, aliases: ReadonlyMap<string, string>, views: ReadonlySet<string>): PlanNode {
  const node: PlanNode = { id, detail, operation: 'other', covering: false, fullScan: false, children: [] }
  if (detail.startsWith('USE TEMP B-TREE')) return { ...node, operation: 'temp-btree' }
  if (/SUBQUERY|^CO-ROUTINE|^MATERIALIZE/.test(detail) && !/^(?:SCAN|SEARCH)/.test(detail)) return { ...node, operation: 'subquery' }
  if (/^(?:COMPOUND QUERY|LEFT-MOST|UNION|MERGE|EXCEPT|INTERSECT|LEFT$|RIGHT$)/.test(detail)) return { ...node, operation: 'compound' }
  const found = access.exec(detail)
  if (found === null) return node
  const [, word, subject = '', using, virtualIndex] = found
  if (/^(?:CONSTANT ROW|\d+ CONSTANT ROWS?|\d+-ROW VALUES CLAUSE)$/.test(subject)) return { ...node, operation: 'scan' }
  node.operation = word === 'SEARCH' ? 'search' : 'scan'
  // SQLite 3.54 says the alias alone; older ones `TABLE t AS a`.
  const alias = subject.replace(/^TABLE /, '').split(' AS ').at(-1) ?? subject
  node.table = aliases.get(alias.toLowerCase()) ?? alias
  const isView = views.has(alias) || /^\(subquery-\d+\)$/.test(alias)
  if (virtualIndex !== undefined) {
    // `0:` is how a virtual table says that it reads everything; `5:M1` and the like hand a constraint to it.
    node.index = `virtual table index ${virtualIndex}`
    node.fullScan = !isFunction(node.table) && /^0:$/.test(virtualIndex)
    return node
  }
  if (using === undefined) {
    // `SEARCH t` without an index is min() or max() without one: every row is read.
    node.fullScan = !isView
    return node
  }
  const index = usingIndex.exec(using)
  if (index !== null) {
    node.index = index[1] === undefined ? (index[3] ?? '') : 'automatic'
    node.covering = index[2] !== undefined
  }
  node.fullScan = node.operation === 'scan'
  return node
}

/** Table-valued functions that read no table of the database. */
function isFunction(table: string): boolean {
  return /^(?:json_each|json_tree|generate_series|pragma_\w+)$/i.test(table)
}

/** Columns that an index search compares, in order, such as `["user_id", "created_at"]`; `rowid` for a primary key. */
export function searchColumnsOf(node: PlanNode): string[] {
  if (node.operation !== 'search') return []
  const terms = /\((.*)\)(?: LEFT-JOIN)?$/.exec(node.detail)?.[1] ?? ''
  return terms
    .split(' AND ')
    .flatMap((term) => {
      const compared = /^(<expr>|.+?)(?:=|>|<| IS | IN )/.exec(term)?.[1]?.trim() ?? ''
      // `(created_at,id)<(?,?)` compares two columns at once.
      return compared.startsWith('(') ? compared.slice(1, -1).split(',') : [compared]
    })
    .filter((column, index, all) => column !== '' && all.indexOf(column) === index)
}

const notAliases = new Set([
  'ON', 'USING', 'WHERE', 'GROUP', 'ORDER', 'LIMIT', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'CROSS', 'NATURAL', 'JOIN', 'SET',
  'UNION', 'EXCEPT', 'INTERSECT', 'HAVING', 'WINDOW', 'INDEXED', 'NOT', 'SELECT', 'VALUES', 'DEFAULT', 'RETURNING', 'OUTER',
])

/**
 * Alias (lower case) to table name, read from `FROM t AS a`, `JOIN t a`, `, t a` and `UPDATE t AS a`. One alias used for
 * two tables in different subqueries keeps the first.
 */
export function aliasesOf(statement: Statement): Map<string, string> {
  const aliases = new Map<string, string>()
  const tokens = statement.tokens
  let inFrom = false
  for (const [index, token] of tokens.entries()) {
    const word = token.kind === 'word' ? token.text.toUpperCase() : ''
    if (word === 'FROM' || word === 'JOIN' || word === 'UPDATE' || word === 'INTO') inFrom = true
    else if (token.text === ',' && inFrom) inFrom = true
    else continue
    let at = index + 1
    if (tokens[at + 1]?.text === '.') at += 2
    const tableToken = tokens[at]
    const table = tableToken === undefined ? null : nameOf(tableToken)
    if (table === null || notAliases.has(table.toUpperCase())) continue
    const as = tokens[at + 1]?.text.toUpperCase() === 'AS'
    const aliasToken = tokens[at + (as ? 2 : 1)]
    const alias = aliasToken === undefined ? null : nameOf(aliasToken)
    if (!aliases.has(table.toLowerCase())) aliases.set(table.toLowerCase(), table)
    if (alias === null || (!as && notAliases.has(alias.toUpperCase()))) continue
    if (!aliases.has(alias.toLowerCase()) || aliases.get(alias.toLowerCase())?.toLowerCase() === alias.toLowerCase()) aliases.set(alias.toLowerCase(), table)
  }
  return aliases
}
