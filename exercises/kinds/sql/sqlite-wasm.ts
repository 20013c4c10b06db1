/**
 * SQLite's own WASM build as the engine of exercises: slower to load than sql.js, but with FTS5. The caller loads the
 * module and hands it in.
 */
import type { DriverStatement, SqlDriver } from './database.ts'
import { createDatabase } from './database.ts'
import type { OpenDatabase, SqlValue } from './engine.ts'

/** The part of the module (`sqlite3InitModule()`) that is used; written with methods so that the real one fits. */
export interface SqliteWasmModule {
  oo1: { DB: new (fileName: string, flags: string) => WasmDatabase }
  capi: {
    SQLITE_DESERIALIZE_FREEONCLOSE: number
    SQLITE_DESERIALIZE_RESIZEABLE: number
    sqlite3_deserialize(database: number, schema: string, data: number, size: number, capacity: number, flags: number): number
    sqlite3_js_db_export(database: number): Uint8Array
    sqlite3_changes(database: number): number
  }
  wasm: { allocFromTypedArray(bytes: Uint8Array): number }
  config: { warn(...words: unknown[]): void }
}
interface WasmDatabase {
  pointer?: number | undefined
  prepare(sql: string): WasmStatement
  checkRc(code: number): unknown
  close(): void
}
interface WasmStatement {
  columnCount: number
  bind(values: Record<string, SqlValue>): unknown
  step(): boolean
  get(values: SqlValue[]): unknown
  getColumnNames(): string[]
  finalize(): unknown
}

/** Opens databases in the module's memory. */
export function openSqliteWasm(module: SqliteWasmModule): OpenDatabase {
  // It logs every statement that fails. A learner's mistake is an answer, not news for the console.
  module.config.warn = () => undefined
  return ({ image, memoryMb }) => {
    const database = new module.oo1.DB(':memory:', 'c')
    const pointer = database.pointer
    if (pointer === undefined) throw new Error('SQLite could not open a database in memory.')
    if (image !== undefined) {
      const { capi, wasm } = module
      const data = wasm.allocFromTypedArray(image)
      const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE
      database.checkRc(capi.sqlite3_deserialize(pointer, 'main', data, image.length, image.length, flags))
    }
    const driver: SqlDriver = {
      prepare: (sql) => withPlainErrors(() => statementOf(database.prepare(sql))),
      changes: () => module.capi.sqlite3_changes(pointer),
      image: () => module.capi.sqlite3_js_db_export(pointer),
      close: () => database.close(),
    }
    return createDatabase(driver, memoryMb)
  }
}

function statementOf(statement: WasmStatement): DriverStatement {
  return {
    columns: () => (statement.columnCount > 0 ? statement.getColumnNames() : []),
    bind: (parameters) => {
      if (Object.keys(parameters).length > 0) withPlainErrors(() => statement.bind(parameters))
    },
    step: () => withPlainErrors(() => statement.step()),
    row: () => {
      const values: SqlValue[] = []
      statement.get(values)
      return values.map(plainValue)
    },
    free: () => {
      statement.finalize()
    },
  }
}

/** Integers beyond 2^53 come as BigInt; sql.js rounds them, so this does too. */
function plainValue(value: unknown): SqlValue {
  return typeof value === 'bigint' ? Number(value) : (value as SqlValue)
}

/** Takes `SQLITE_ERROR: sqlite3 result code 1: ` off the front of messages, so that both engines say the same. */
function withPlainErrors<T>(task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'RuntimeError') throw error
    throw new Error(error.message.replace(/^SQLITE_\w+: sqlite3 result code \d+: /, ''), { cause: error })
  }
}
