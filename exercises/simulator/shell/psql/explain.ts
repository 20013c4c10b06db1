import type { World } from '../../model/index.ts'
import type { Database } from '../../model/parts/database/database.ts'
import { readings } from '../readings.ts'

/** Rows that a page of a table holds: 8 KiB. */
const pageBytes = 8192

/** The query of the topology that a statement is, by its text or its name; null when it is none. */
export function queryFor(database: Database, sql: string): string | null {
  const wanted = shape(sql)
  return database.operationNames().find((name, index) => name === sql.trim() || shape(database.sqlOf(index)) === wanted) ?? null
}

/**
 * The plan of one of the topology's queries, as it is now; with `analyze`, the time that it has taken lately. `asked` is the
 * statement with its values, or the name of the query.
 */
export function planText(world: World, database: Database, name: string, asked: string, analyze: boolean, nowUs: number): readonly string[] {
  const query = database.spec.queries[name]
  const table = database.tables.get(query?.table ?? '')
  const read = database.rowsRead(name)
  const width = table?.rowBytes ?? 0
  const isScan = table !== undefined && (query?.index === undefined || !table.indexes.includes(query.index) || database.settings.flipped.includes(name))
  const costOf = (rows: number): string => (isScan ? Math.ceil(((table?.rows ?? 0) * width) / pageBytes) + (table?.rows ?? 0) * 0.0125 : 8.3 + rows * 0.01).toFixed(2)
  const rows = Math.min(query?.rows ?? 1, table?.rows ?? 1)
  const meanMs = lately(world, database, name, nowUs)
  const actual = analyze ? ` (actual time=${(meanMs * 0.9).toFixed(3)}..${meanMs.toFixed(3)} rows=${rows} loops=1)` : ''
  if (table === undefined) return [`Result  (cost=0.00..0.01 rows=1 width=4)${actual}`, ...(analyze ? [`Execution Time: ${meanMs.toFixed(3)} ms`] : [])]
  const node = isScan ? `Seq Scan on ${query?.table ?? ''}` : `Index Scan using ${query?.index ?? ''} on ${query?.table ?? ''}`
  const lines = [`${node}  (cost=${isScan ? '0.00' : '0.42'}..${costOf(rows)} rows=${rows} width=${width})${actual}`]
  if (isScan && read > rows) lines.push(`  Filter: (${conditionOf(asked) ?? conditionOf(database.sqlOf(database.operationNames().indexOf(name))) ?? `the condition of ${name}`})`, ...(analyze ? [`  Rows Removed by Filter: ${read - rows}`] : []))
  return analyze ? [...lines, `Execution Time: ${meanMs.toFixed(3)} ms`] : lines
}

/** What follows WHERE, as it was written; null for a statement without. */
function conditionOf(sql: string): string | null {
  const condition = /\bwhere\s+([\s\S]+?)\s*(?:\b(?:group\s+by|order\s+by|limit|offset|for\s+(?:no\s+key\s+)?update|returning)\b[\s\S]*)?;?\s*$/i.exec(sql)?.[1]
  return condition === undefined ? null : condition.replace(/\s+/g, ' ')
}

/** Mean time of a query since the start of the newest scrapes, in milliseconds: what the database has measured. */
function lately(world: World, database: Database, name: string, nowUs: number): number {
  const value = (metric: string, atUs: number): number => readings(world, metric, { job: database.name, query: name }, atUs).reduce((sum, found) => sum + found.value, 0)
  const beforeUs = Math.max(0, nowUs - Math.max(30_000_000, world.topology.telemetry.scrapeUs * 2))
  const calls = value('db_query_duration_seconds_count', nowUs) - value('db_query_duration_seconds_count', beforeUs)
  const seconds = value('db_query_duration_seconds_sum', nowUs) - value('db_query_duration_seconds_sum', beforeUs)
  return calls <= 0 ? 0 : (seconds / calls) * 1000
}

/** A statement without its values and its spaces, so that `= 'a'` and `= $1` are alike. */
function shape(sql: string): string {
  return sql.trim().replace(/;\s*$/, '').replace(/'(?:[^']|'')*'|\$\d+|:\w+|\b\d+\b/g, '?').replace(/\s+/g, ' ').toLowerCase()
}
