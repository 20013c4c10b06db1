import { afterAll, describe, expect, it } from 'vitest'
import { sqlExerciseSchema } from '../../../exercises/kinds/sql/schema.ts'
import { SqlGrader } from './sql-grader.ts'

const exercise = sqlExerciseSchema.parse({
  id: 'small', kind: 'sql', version: 1, title: 'Small', summary: 'Small', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['sql.plans'],
  covers: [], dataset: 'small', seed: 1, hiddenSeeds: [2], starter: '', mode: 'query',
  checks: [{ id: 'rows', type: 'rows', label: 'All', expect: 'SELECT i FROM t' }],
  hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
  limits: { timeMs: 1_000, memoryMb: 64, rows: 1_000 },
  proof: { reference: 'x', wrong: [{ file: 'x', fails: ['rows'], belief: 'x' }] },
})
const datasetSql = 'CREATE TABLE t (i INTEGER PRIMARY KEY); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO t SELECT i * :seed FROM n'

describe('SqlGrader', () => {
  const grader = new SqlGrader({ exercise, datasetSql })
  afterAll(() => grader.close())

  it.each([
    ['an endless recursion', 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'],
    ['an exploding cross join', 'SELECT count(*) FROM t a, t b, t c, t d, t e WHERE a.i + b.i + c.i + d.i + e.i = -1'],
  ])('stops %s and grades the next answer', async (_name, answer) => {
    expect(await grader.grade(answer)).toMatchObject({ ok: true, value: { passed: false, checks: [{ failure: 'time', evidence: expect.stringContaining('Stopped after 1 s') }] } })
    expect(await grader.grade('SELECT i FROM t')).toMatchObject({ ok: true, value: { passed: true } })
  })

  it('tells memory from time', async () => {
    const answer = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, randomblob(100000) FROM n ORDER BY 2'
    // On a busy machine a second may be over before the memory is full.
    const patient = new SqlGrader({ exercise: { ...exercise, limits: { ...exercise.limits, timeMs: 60_000 } }, datasetSql })
    expect(await patient.grade(answer)).toMatchObject({ ok: true, value: { passed: false, checks: [{ failure: 'memory' }] } })
    await patient.close()
  })

  it('returns rows of the visible data', async () => {
    expect(await grader.rows('SELECT max(i) FROM t')).toMatchObject({ ok: true, value: { rows: [[500]] } })
  })

  it('says that an exercise is at fault when its data does not build', async () => {
    const broken = new SqlGrader({ exercise, datasetSql: 'CREATE TABL t (i)' })
    expect(await broken.grade('SELECT 1')).toMatchObject({ ok: false, error: expect.stringContaining('small cannot be graded: near "TABL": syntax error') })
    await broken.close()
  })
})
