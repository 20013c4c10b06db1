/** The thread of psql's database. Its clock is that of the simulated world, so that now() and current_date fit what the world shows. */
import type { PostgresSession, RunReport } from '../../../../../exercises/kinds/postgres/session.ts'
import { mostRows } from '../../../../../exercises/simulator/bastion/index.ts'
import { openEngine } from './engine.ts'
import type { PostgresReply, PostgresRequest } from './link.ts'

const systemNow = Date.now.bind(Date)
let offsetMs = 0
// PostgreSQL reads the time of day here. Durations come from another clock.
Date.now = () => systemNow() + offsetMs

let session: PostgresSession | null = null

async function answer(request: PostgresRequest): Promise<RunReport | null> {
  if (request.type === 'open') {
    session = await openEngine(request.setup)
    return null
  }
  if (session === null) throw new Error('The database is not open.')
  offsetMs = request.nowMs - systemNow()
  return session.run(request.sql, { maxRows: mostRows })
}

const reply = (message: PostgresReply): void => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<PostgresRequest>) => {
  answer(data).then(
    (report) => reply({ id: data.id, ok: true, report }),
    (error: unknown) => reply({ id: data.id, ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
})
