import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Grade } from '../../core/grade.ts'
import { gradeOnPglite } from './grade-pglite.ts'
import { pgliteSession } from './pglite-session.ts'
import { postgresExerciseSchema } from './schema.ts'
import type { PostgresSession } from './session.ts'

const exercise = postgresExerciseSchema.parse({
  id: 'small', kind: 'postgres', version: 1, title: 'Small', summary: 'Small', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['sql.indexes'], covers: [], starter: '', tier: 'single', mode: 'script',
  setup: 'CREATE TABLE t (n int, day date); INSERT INTO t SELECT g, date \'2025-01-01\' + g % 5 FROM generate_series(1, 5000) AS g; ANALYZE t',
  workload: [{ id: 'one', label: 'One', sql: 'SELECT * FROM t WHERE n = 7' }],
  checks: [
    { id: 'plan', type: 'plan', label: 'By index', of: 'one', demand: { uses: ['t.*'], noSeqScan: ['t'] } },
    { id: 'kept', type: 'rows', label: 'Rows stay', query: 'SELECT count(*), min(day), (SELECT count(*) FROM pg_index WHERE indrelid = \'t\'::regclass) FROM t', expect: "SELECT 5000, date '2025-01-01', 1" },
    { id: 'one', type: 'statements', label: 'One statement', max: 1 },
    { id: 'role', type: 'settings', label: 'The role', name: 'lock_timeout', expect: '2s' },
  ],
  hints: [{ text: 'a', cost: 0 }, { text: 'b', cost: 0 }],
  proof: { reference: 'a', wrong: [{ file: 'a', fails: ['plan'], belief: 'a' }] },
})

let session: PostgresSession
beforeAll(async () => {
  session = pgliteSession(await PGlite.create(), () => 0)
}, 60_000)
afterAll(() => session.close())

async function grade(answer: string): Promise<Grade> {
  expect(await session.run(`DROP TABLE IF EXISTS t; ${exercise.setup}`, { maxRows: 1 })).toMatchObject({ error: null })
  return gradeOnPglite(exercise, answer, session)
}

it('judges plans, rows and statements as the server does, and says what it cannot see', async () => {
  const right = await grade('CREATE INDEX ON t (n)')
  expect(right).toMatchObject({ passed: true, score: 1 })
  expect(right.checks.at(-1)).toMatchObject({ id: 'role', points: 0, passed: true, evidence: expect.stringContaining('Not judged here') })
  expect((await grade('CREATE INDEX ON t (day); SELECT 1')).checks.map(({ passed }) => passed)).toEqual([false, true, false, true])
  expect(await grade('CREATE INDX')).toMatchObject({ passed: false, checks: [{ failure: 'syntax', line: 1 }, {}, {}, {}] })
  expect((await grade('-- nothing')).checks.map(({ failure }) => failure)).toEqual(['not-run', 'not-run', 'not-run', 'not-run'])
})
