/** The thread of PGlite, PostgreSQL in WebAssembly: for exercises with one session, where no server runs. */
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { gradeOnPglite } from '../../../../../exercises/kinds/postgres/grade-pglite.ts'
import { pgliteSession } from '../../../../../exercises/kinds/postgres/pglite-session.ts'
import type { PostgresSession } from '../../../../../exercises/kinds/postgres/session.ts'
import { parseTables, tablesSql } from '../../../../../exercises/kinds/postgres/tables.ts'
import type { PgliteAnswers, PgliteReply, PgliteRequest } from './pglite-protocol.ts'

let session: PostgresSession | null = null

async function open({ setup, seed, extensions }: Extract<PgliteRequest, { type: 'open' }>): Promise<string> {
  const made = pgliteSession(await PGlite.create({ extensions: { pg_trgm } }), () => performance.now())
  const first = extensions.map((name) => `CREATE EXTENSION ${name};`).join(' ')
  const { error } = await made.run(`${first} ${setup}`, { maxRows: 1, parameters: { seed } })
  if (error !== null) throw new Error(`The setup fails: ${error.message} (${error.sqlstate})`)
  session = made
  const { results } = await made.run('SHOW server_version', { maxRows: 1 })
  return String(results[0]?.rows[0]?.[0])
}

async function answer(request: PgliteRequest): Promise<PgliteAnswers[keyof PgliteAnswers]> {
  if (request.type === 'open') return open(request)
  if (session === null) throw new Error('The database is not open.')
  if (request.type === 'run') return session.run(request.sql, { maxRows: request.maxRows, parameters: request.parameters })
  if (request.type === 'grade') return gradeOnPglite(request.exercise, request.answer, session)
  // In a transaction that has failed nothing can be asked.
  if (session.transaction === 'failed') return []
  const { results } = await session.run(tablesSql, { maxRows: 1 })
  return parseTables(results[0]?.rows[0]?.[0])
}

function reply(message: PgliteReply): void {
  self.postMessage(message)
}

self.onmessage = ({ data }: MessageEvent<PgliteRequest>) => {
  answer(data).then(
    (value) => reply({ id: data.id, ok: true, value }),
    (error: unknown) => reply({ id: data.id, ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
}
