/** sql.js as the engine of exercises. The caller loads the WASM and hands the module in. */
import type { DriverStatement, SqlDriver } from './database.ts'
import { createDatabase } from './database.ts'
import type { OpenDatabase, SqlValue } from './engine.ts'

/** The part of sql.js that is used. */
export interface SqlJsModule {
  Database: new (data?: ArrayLike<number> | null) => SqlJsDatabase
}
interface SqlJsDatabase {
  prepare(sql: string): SqlJsStatement
  getRowsModified(): number
  export(): Uint8Array
  close(): void
}
interface SqlJsStatement {
  bind(values: Record<string, SqlValue>): boolean
  step(): boolean
  get(): SqlValue[]
  getColumnNames(): string[]
  free(): boolean
}

/** Opens databases in sql.js. */
export function openSqlJs(module: SqlJsModule): OpenDatabase {
  return ({ image, memoryMb }) => {
    // sql.js copies the bytes into its own file system.
    const database = new module.Database(image ?? null)
    const driver: SqlDriver = {
      prepare: (sql) => statementOf(database.prepare(sql)),
      changes: () => database.getRowsModified(),
      image: () => database.export(),
      close: () => database.close(),
    }
    return createDatabase(driver, memoryMb)
  }
}

function statementOf(statement: SqlJsStatement): DriverStatement {
  return {
    columns: () => statement.getColumnNames(),
    bind: (parameters) => {
      if (Object.keys(parameters).length > 0) statement.bind(parameters)
    },
    step: () => statement.step(),
    row: () => statement.get(),
    free: () => {
      statement.free()
    },
  }
}
