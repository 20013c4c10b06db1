import { describe, expect, it } from 'vitest'
import { postgresExerciseSchema } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { RunReport } from '../../../../../exercises/kinds/postgres/session.ts'
import type { PgliteThread } from './pglite-driver.ts'
import { pgliteDriver } from './pglite-driver.ts'
import type { PgliteReply } from './pglite-protocol.ts'

const exercise = postgresExerciseSchema.parse({
  id: 'one', kind: 'postgres', version: 1, title: 'One', summary: '', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['sql.plans'], covers: [], tier: 'single',
  setup: 'CREATE TABLE t (n int); INSERT INTO t VALUES (1)', mode: 'query', starter: '', limits: { statementMs: 300 },
  checks: [{ id: 'rows', type: 'rows', label: 'Rows', expect: 'SELECT 1' }], hints: [{ text: 'a', cost: 0 }, { text: 'b', cost: 0 }],
  proof: { reference: '', wrong: [{ file: 'x', fails: ['rows'], belief: 'x' }] },
})

/** A thread with a table of one number; `pg_sleep` never ends in it. */
function localThread(): PgliteThread & { ended: boolean } {
  let listen: (reply: PgliteReply) => void = () => undefined
  let number = 1
  const reportOf = (sql: string): RunReport => {
    if (sql.startsWith('UPDATE')) number = 2
    return { results: [{ sql, start: 0, command: 'SELECT', columns: ['n'], rows: [[number]], truncated: false, count: 1 }], notices: [], error: null, transaction: 'idle', milliseconds: 1 }
  }
  const thread = {
    ended: false,
    onReply: (listener: (reply: PgliteReply) => void) => void (listen = listener),
    end: () => void (thread.ended = true),
    send: (request: Parameters<PgliteThread['send']>[0]) =>
      queueMicrotask(() => {
        if (request.type === 'open') listen({ id: request.id, ok: true, value: '18' })
        else if (request.type === 'run' && !request.sql.includes('pg_sleep')) listen({ id: request.id, ok: true, value: reportOf(request.sql) })
      }),
  }
  return thread
}

describe('the built-in PostgreSQL', () => {
  it('runs one session, and begins anew when a statement had to be stopped', async () => {
    const threads: ReturnType<typeof localThread>[] = []
    const driver = pgliteDriver(exercise, () => {
      threads.push(localThread())
      return threads.at(-1)!
    })
    expect(await driver.open(() => undefined)).toMatchObject({ ok: true, value: { sessions: [{ name: 'A', backendPid: null }] } })
    expect(await driver.run('A', 'UPDATE t SET n = 2 RETURNING n', {})).toMatchObject({ value: { results: [{ rows: [[2]] }] } })
    expect(await driver.run('A', 'SELECT pg_sleep(9)', {})).toMatchObject({ value: { error: { sqlstate: '57014', message: expect.stringContaining('0.3 s') } } })
    expect(threads.map((thread) => thread.ended)).toEqual([true, false])
    expect(await driver.run('A', 'SELECT n FROM t', {})).toMatchObject({ value: { results: [{ rows: [[1]] }] } })
    const stopped = driver.run('A', 'SELECT pg_sleep(9)', {})
    await Promise.resolve()
    driver.cancel('A')
    expect(await stopped).toMatchObject({ value: { error: { message: 'Stopped by you.' } } })
    driver.close()
    expect(await driver.run('A', 'SELECT 1', {})).toMatchObject({ ok: false })
  })
})
