import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pgliteSession } from './pglite-session.ts'
import type { PostgresSession } from './session.ts'

let session: PostgresSession
beforeAll(async () => {
  session = pgliteSession(await PGlite.create(), () => 0)
})
afterAll(() => session.close())

it('answers as the server does', async () => {
  expect(await session.run("SELECT :n AS n, 1.50 AS price, 'x' AS word", { maxRows: 10, parameters: { n: 7 } })).toMatchObject({ results: [{ columns: ['n', 'price', 'word'], rows: [[7, '1.50', 'x']], count: 1 }], error: null })
  expect(await session.run('CREATE TABLE t (i int); INSERT INTO t SELECT generate_series(1, 5); SELECT i FROM t', { maxRows: 2 })).toMatchObject({ results: [{}, { count: 5 }, { rows: [[1], [2]], truncated: true, count: 5 }] })
})

it('tells errors, their place, and the state of the transaction', async () => {
  expect(await session.run('BEGIN; SELECT * FROM nowhere', { maxRows: 1 })).toMatchObject({ error: { sqlstate: '42P01', start: 21, end: 28 }, transaction: 'failed' })
  expect(await session.run('SELECT 1', { maxRows: 1 })).toMatchObject({ error: { sqlstate: '25P02' }, transaction: 'failed' })
  expect(await session.run('ROLLBACK; DROP TABLE IF EXISTS nowhere', { maxRows: 1 })).toMatchObject({ transaction: 'idle', notices: [{ message: expect.stringContaining('nowhere') }] })
})
