/** Loads the SQLite engines in a worker: each is its own chunk with its own WASM file. */
import type { OpenDatabase } from '../../../../exercises/kinds/sql/engine.ts'
import type { EngineName } from './protocol.ts'

async function openSqlJsEngine(): Promise<OpenDatabase> {
  const [{ openSqlJs }, { default: initSqlJs }, { default: wasmUrl }] = await Promise.all([
    import('../../../../exercises/kinds/sql/sqljs.ts'),
    import('sql.js'),
    import('sql.js/dist/sql-wasm-browser.wasm?url'),
  ])
  return openSqlJs(await initSqlJs({ locateFile: () => wasmUrl }))
}

async function openSqliteWasmEngine(): Promise<OpenDatabase> {
  const [{ openSqliteWasm }, { default: sqlite3InitModule }] = await Promise.all([
    import('../../../../exercises/kinds/sql/sqlite-wasm.ts'),
    import('@sqlite.org/sqlite-wasm'),
  ])
  return openSqliteWasm(await sqlite3InitModule())
}

/** The engine's opener. @throws when its files cannot be loaded */
export function openEngine(engine: EngineName): Promise<OpenDatabase> {
  return engine === 'sqlite-wasm' ? openSqliteWasmEngine() : openSqlJsEngine()
}
