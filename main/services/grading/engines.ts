/** Loads the SQLite engines in Node. */
import type { OpenDatabase } from '../../../exercises/kinds/sql/engine.ts'
import type { SqlExercise } from '../../../exercises/kinds/sql/schema.ts'

/** The opener of an engine; its WASM is compiled anew at each call. @throws when its files cannot be loaded */
export async function loadEngine(engine: SqlExercise['engine']): Promise<OpenDatabase> {
  if (engine === 'sqlite-wasm') {
    const [{ openSqliteWasm }, { default: initialize }] = await Promise.all([
      import('../../../exercises/kinds/sql/sqlite-wasm.ts'),
      import('@sqlite.org/sqlite-wasm'),
    ])
    return openSqliteWasm(await initialize())
  }
  const [{ openSqlJs }, { default: initialize }] = await Promise.all([import('../../../exercises/kinds/sql/sqljs.ts'), import('sql.js')])
  return openSqlJs(await initialize())
}
