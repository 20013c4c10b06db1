/**
 * The small face of an embedded SQLite that the workspace and the grader use. Two engines stand behind it: sql.js, and
 * the official WASM build where an exercise needs FTS5. Neither touches the DOM, Node or the network.
 */

export type SqlValue = string | number | null | Uint8Array
export type SqlParameters = Readonly<Record<string, string | number | null>>

/** What one statement did. */
export interface StatementResult {
  /** The statement's text, without its semicolon. */
  sql: string
  /** Offset of the statement in the text that was run, in UTF-16 units. */
  start: number
  /** Column names; empty for a statement that returns nothing. */
  columns: string[]
  rows: SqlValue[][]
  /** True when rows were left out because the row limit was reached. */
  truncated: boolean
  /** Rows changed by this statement; 0 for queries and DDL. */
  changes: number
}

/** Why a statement failed. `start` and `end` are offsets in the whole text, so that an editor can underline it. */
export class SqlError extends Error {
  readonly kind: 'syntax' | 'wrong' | 'time' | 'memory' | 'rows' | 'crash'
  readonly start: number
  readonly end: number
  /** Results of the statements before the one that failed. */
  readonly before: StatementResult[]
  constructor(kind: SqlError['kind'], message: string, start: number, end: number, before: StatementResult[] = []) {
    super(message)
    this.name = 'SqlError'
    this.kind = kind
    this.start = start
    this.end = end
    this.before = before
  }
}

/** A node of EXPLAIN QUERY PLAN, parsed. */
export interface PlanNode {
  id: number
  /** SQLite's own words, such as `SEARCH orders USING INDEX idx_orders_user (user_id=?)`. */
  detail: string
  operation: 'scan' | 'search' | 'temp-btree' | 'subquery' | 'compound' | 'other'
  table?: string
  index?: string
  covering: boolean
  /** True for a full scan of a table, or of a whole index. */
  fullScan: boolean
  children: PlanNode[]
}

export interface SchemaColumn {
  name: string
  type: string
  notNull: boolean
  primaryKey: boolean
}
export interface SchemaIndex {
  name: string
  unique: boolean
  partial: boolean
  /** Column names or expressions in order. */
  columns: string[]
  sql: string | null
}
export interface SchemaTable {
  name: string
  type: 'table' | 'view' | 'virtual'
  rows: number | null
  sql: string
  columns: SchemaColumn[]
  indexes: SchemaIndex[]
}

export interface RunOptions {
  maxRows: number
  parameters?: SqlParameters
  /** Set for statements of authors (datasets, checks): nothing is refused. */
  trusted?: boolean
}

/** One open database in memory. All calls are synchronous; the caller bounds time by ending the thread. */
export interface SqlDatabase {
  /** Runs every statement of `sql` in turn. @throws SqlError at the first that fails. */
  run(sql: string, options: RunOptions): StatementResult[]
  /** The plan of a single statement, not executed. @throws SqlError */
  plan(sql: string, parameters?: SqlParameters): PlanNode[]
  schema(options?: { countRows: boolean }): SchemaTable[]
  /** The database file's bytes. */
  image(): Uint8Array
  close(): void
}

/** Opens a database, empty or from an image. `memoryMb` becomes SQLite's hard heap limit. */
export type OpenDatabase = (options: { image?: Uint8Array; memoryMb: number }) => SqlDatabase
