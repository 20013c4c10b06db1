/** PostgreSQL in WebAssembly, on the thread that asks for it. */
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { pgliteSession } from '../../../../../exercises/kinds/postgres/pglite-session.ts'
import type { PostgresSession } from '../../../../../exercises/kinds/postgres/session.ts'

/** Starts one and makes its tables. Rejects with what is wrong with them. */
export async function openEngine(setup: string): Promise<PostgresSession> {
  const session = pgliteSession(await PGlite.create({ extensions: { pg_trgm } }), () => performance.now())
  const { error } = await session.run(setup, { maxRows: 1 })
  if (error !== null) throw new Error(`The tables cannot be made: ${error.message} (${error.sqlstate})`)
  return session
}
