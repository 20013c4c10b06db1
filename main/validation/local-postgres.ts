/** psql's database on this thread, for lines of a page and for tests. Its clock is the machine's. */
import { pgliteSession } from '../../exercises/kinds/postgres/pglite-session.ts'
import type { PostgresSession } from '../../exercises/kinds/postgres/session.ts'
import type { PostgresLink } from '../../exercises/simulator/bastion/index.ts'
import { mostRows } from '../../exercises/simulator/bastion/index.ts'

/** Starts one, which is loaded when it is opened. */
export function localPostgres(): PostgresLink {
  let session: PostgresSession | null = null
  return {
    async open(setup) {
      const [{ PGlite }, { pg_trgm }] = await Promise.all([import('@electric-sql/pglite'), import('@electric-sql/pglite/contrib/pg_trgm')])
      session = pgliteSession(await PGlite.create({ extensions: { pg_trgm } }), () => performance.now())
      const { error } = await session.run(setup, { maxRows: 1 })
      if (error !== null) throw new Error(`The tables cannot be made: ${error.message} (${error.sqlstate})`)
    },
    run: (sql) => (session === null ? Promise.reject(new Error('The database is not open.')) : session.run(sql, { maxRows: mostRows })),
    close: () => void session?.close(),
  }
}
