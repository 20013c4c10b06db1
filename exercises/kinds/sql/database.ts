/** The SQL database of exercises, over any engine that can prepare and step statements. */
import type { PlanNode, RunOptions, SqlDatabase, SqlParameters, SqlValue, StatementResult } from './engine.ts'
import { SqlError } from './engine.ts'
import { isSyntaxMessage, placeOf } from './error-place.ts'
import { parsePlan } from './plan.ts'
import { refusalOf } from './refusals.ts'
import { readSchema } from './schema-reader.ts'
import type { Statement } from './statements.ts'
import { changesRows, splitStatements } from './statements.ts'

/** What an engine must offer. Each call throws an Error with SQLite's own message. */
export interface SqlDriver {
  prepare(sql: string): DriverStatement
  /** Rows changed by the last INSERT, UPDATE or DELETE that finished. */
  changes(): number
  image(): Uint8Array
  close(): void
}

export interface DriverStatement {
  columns(): string[]
  bind(parameters: SqlParameters): void
  /** True while there is a row. */
  step(): boolean
  row(): SqlValue[]
  free(): void
}

const pageBytes = 4096
/** Page cache and the size of a sort's runs. SQLite's default of 2 MB makes CREATE INDEX on 200,000 rows twice as slow. */
const cacheKb = 16 * 1024

/** Wraps a driver and sets its limits. `memoryMb` bounds the database file and SQLite's heap, each. */
export function createDatabase(driver: SqlDriver, memoryMb: number): SqlDatabase {
  const bytes = memoryMb * 1024 * 1024
  const set = (pragma: string): void => {
    runOne(driver, oneStatement(`PRAGMA ${pragma}`), { maxRows: 1, trusted: true })
  }
  const setLimits = (): void => {
    set(`max_page_count = ${Math.floor(bytes / pageBytes)}`)
    // There is no disk to be safe on: the file lives in memory with everything else.
    set('journal_mode = MEMORY')
    set('synchronous = OFF')
    set(`cache_size = ${-cacheKb}`)
    // Sorts and materialised views count as memory too, so that the heap limit sees them.
    set('temp_store = MEMORY')
    // The limit is one for all databases of an engine, and can only be lowered.
    set(`hard_heap_limit = ${bytes}`)
  }
  setLimits()

  const run = (sql: string, options: RunOptions): StatementResult[] => {
    const results: StatementResult[] = []
    for (const statement of splitStatements(sql)) {
      try {
        results.push(runOne(driver, statement, options))
      } catch (error) {
        if (error instanceof SqlError) throw new SqlError(error.kind, error.message, error.start, error.end, results)
        throw error
      }
    }
    return results
  }
  return {
    run,
    plan: (sql, parameters = {}) => planOf(driver, sql, parameters),
    schema: (options = { countRows: false }) => readSchema((query) => runOne(driver, oneStatement(query), { maxRows: 100_000, trusted: true }).rows, options.countRows),
    image: () => {
      const image = driver.image()
      // sql.js closes and opens its database to read the file, which forgets the settings of the connection.
      setLimits()
      return image
    },
    close: () => driver.close(),
  }
}

function oneStatement(sql: string): Statement {
  const statement = splitStatements(sql)[0]
  if (statement === undefined) throw new SqlError('syntax', 'There is no statement here.', 0, sql.length)
  return statement
}

function runOne(driver: SqlDriver, statement: Statement, options: RunOptions): StatementResult {
  if (options.trusted !== true) refuse(statement)
  const parameters = parametersOf(statement, options.parameters ?? {})
  const rows: SqlValue[][] = []
  let truncated = false
  let prepared: DriverStatement | null = null
  try {
    prepared = driver.prepare(statement.text)
    prepared.bind(parameters)
    const columns = prepared.columns()
    while (prepared.step()) {
      if (rows.length >= options.maxRows) {
        truncated = true
        break
      }
      rows.push(prepared.row())
    }
    // Freed before the count is read: a statement with RETURNING has not finished until then.
    prepared.free()
    prepared = null
    return { sql: statement.text, start: statement.start, columns, rows, truncated, changes: changesRows(statement) ? driver.changes() : 0 }
  } catch (error) {
    throw toSqlError(driver, statement, error)
  } finally {
    prepared?.free()
  }
}

function planOf(driver: SqlDriver, sql: string, parameters: SqlParameters): PlanNode[] {
  const statement = oneStatement(sql)
  const second = splitStatements(sql)[1]
  if (second !== undefined) throw new SqlError('wrong', 'A plan is made for one statement. Select the one you mean.', second.start, second.end)
  refuse(statement)
  const text = statement.firstWord === 'EXPLAIN' ? statement.text : `EXPLAIN QUERY PLAN ${statement.text}`
  let prepared: DriverStatement | null = null
  try {
    // Prepared as it is first: an error then has its place in the text that the learner wrote.
    driver.prepare(statement.text).free()
    prepared = driver.prepare(text)
    prepared.bind(parametersOf(statement, parameters))
    const rows: SqlValue[][] = []
    while (prepared.step()) rows.push(prepared.row())
    return parsePlan(rows, statement)
  } catch (error) {
    throw toSqlError(driver, statement, error)
  } finally {
    prepared?.free()
  }
}

function refuse(statement: Statement): void {
  const refusal = refusalOf(statement)
  if (refusal !== null) throw new SqlError('wrong', refusal.message, refusal.token.start, refusal.token.end)
}

/** The values for exactly the parameters that the statement names. */
function parametersOf(statement: Statement, given: SqlParameters): SqlParameters {
  const bound: Record<string, string | number | null> = {}
  for (const token of statement.tokens) {
    if (token.kind !== 'parameter') continue
    const value = given[token.text.slice(1)] ?? given[token.text]
    const named = Object.hasOwn(given, token.text.slice(1)) || Object.hasOwn(given, token.text)
    if (!named) {
      const known = Object.keys(given).map((name) => `:${name.replace(/^[:@$]/, '')}`)
      const next = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'This exercise has no parameters: write the value.'
      throw new SqlError('wrong', `The parameter ${token.text} has no value. ${next}`, token.start, token.end)
    }
    bound[token.text] = value ?? null
  }
  return bound
}

function toSqlError(driver: SqlDriver, statement: Statement, error: unknown): SqlError {
  if (error instanceof SqlError) return error
  const message = error instanceof Error ? error.message : String(error)
  const { start, end } = statement
  if (/out of memory|database or disk is full|string or blob too big/.test(message)) {
    return new SqlError('memory', `SQLite ran out of the memory it is given here (${message}). Ask for fewer rows, or sort and join less at once.`, start, end)
  }
  // SQLite never ends a message this way; a WebAssembly trap does, and the engine is lost with it.
  if (error instanceof Error && error.name === 'RuntimeError') return new SqlError('crash', `The database engine stopped: ${message}.`, start, end)
  const place = placeOf(message, statement, (sql) => messageOf(driver, sql))
  return new SqlError(isSyntaxMessage(message) ? 'syntax' : 'wrong', message, place.start, place.end)
}

function messageOf(driver: SqlDriver, sql: string): string | null {
  try {
    driver.prepare(sql).free()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
