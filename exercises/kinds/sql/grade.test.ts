import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sqlEngines } from '../../../test/fixtures/sql-engines.ts'
import { gradeSchema } from '../../core/grade.ts'
import type { Grade } from '../../core/grade.ts'
import { DataSets } from './data-sets.ts'
import { gradeSql, timedOutGrade } from './grade.ts'
import type { SqlExerciseSource } from './schema.ts'
import { sqlExerciseSchema } from './schema.ts'

const datasetSql = `-- title: Small
CREATE TABLE item (id INTEGER PRIMARY KEY, kind TEXT, price INTEGER, version INTEGER DEFAULT 1);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2 * :scale)
INSERT INTO item (id, kind, price) SELECT i, 'k' || (i * :seed % 7), (i * 37 + :seed * 11) % 100 FROM n;
CREATE TABLE other (id INTEGER PRIMARY KEY, note TEXT);
INSERT INTO other (note) VALUES ('a'), ('b');`

function exerciseOf(checks: SqlExerciseSource['checks'], rest: Partial<SqlExerciseSource> = {}) {
  return sqlExerciseSchema.parse({
    id: 'small', kind: 'sql', version: 1, title: 'Small', summary: 'Small', chapter: 'ch07', minutes: 1, difficulty: 1,
    skills: ['sql.plans'], covers: [], dataset: 'small', seed: 1, hiddenSeeds: [2, 3], starter: '', mode: 'query', checks,
    hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
    proof: { reference: 'x', wrong: [{ file: 'x', fails: ['rows'], belief: 'x' }] },
    ...rest,
  } satisfies SqlExerciseSource)
}

const cheap = exerciseOf([
  { id: 'rows', type: 'rows', label: 'The cheap ones', points: 3, expect: 'SELECT id, price FROM item WHERE price < 20', hint: 'Look at price.' },
  { id: 'few', type: 'statements', label: 'One query', max: 1, allow: ['SELECT', 'WITH'] },
])

describe.each(sqlEngines)('gradeSql in %s', (_name, open) => {
  const grade = (exercise: typeof cheap, answer: string): Grade => gradeSql(exercise, answer, { open, datasetSql })
  const failures = (graded: Grade) => graded.checks.filter((check) => !check.passed).map(({ id, failure }) => [id, failure])

  it.each([
    'SELECT id, price FROM item WHERE price < 20',
    'SELECT id AS anything, price * 1.0 FROM item WHERE price <= 19 ORDER BY price DESC',
    '-- a comment\nWITH c AS (SELECT * FROM item) SELECT id, price FROM c WHERE NOT price >= 20;',
  ])('passes %s', (answer) => {
    expect(grade(cheap, answer)).toMatchObject({ passed: true, score: 1 })
  })

  it.each(['', '  \n', '-- SELECT 1', ';;'])('says that nothing was run for %j', (answer) => {
    const graded = grade(cheap, answer)
    expect(graded.score).toBe(0)
    expect(failures(graded)).toEqual([['rows', 'not-run'], ['few', 'not-run']])
  })

  it('shows a row, the counts and the next step', () => {
    expect(grade(cheap, 'SELECT id, price FROM item WHERE price < 10').checks[0]).toMatchObject({
      passed: false,
      failure: 'wrong',
      evidence: expect.stringMatching(/^Expected 40 rows, got 20 rows\. Missing: \(\d+, 1\d\)\.$/),
      hint: 'Look at price.',
    })
  })

  it('fails a result that is written out by hand, with evidence from the hidden data', () => {
    const rows = gradeRows('SELECT id, price FROM item WHERE price < 20')
    const graded = grade(cheap, `VALUES ${rows.map((row) => `(${row.join(',')})`).join(',')}`)
    expect(graded.checks[0]).toMatchObject({ passed: false, evidence: expect.stringContaining('On other data of the same shape: Expected') })
  })

  function gradeRows(sql: string) {
    const data = new DataSets(cheap, datasetSql, open)
    const [visible] = data.choices()
    return data.lend(visible!, [], (database) => database.run(sql, { maxRows: 1_000 })[0]!.rows)
  }

  it.each([
    ['SELECT\n  nope\nFROM item', 'wrong', 2],
    ['SELECT id,\n\nprice FROM item WHERE WHERE', 'syntax', 3],
    ['SELECT 1;\nATTACH x AS y', 'wrong', 2],
  ])('names the class and the line of an error in %j', (answer, failure, line) => {
    expect(grade(cheap, answer).checks[0]).toMatchObject({ passed: false, failure, line })
  })

  it('tells too many rows from wrong ones', () => {
    const limited = { ...cheap, limits: { ...cheap.limits, rows: 50 } }
    expect(failures(grade(limited, 'SELECT a.id, b.price FROM item AS a, item AS b'))).toEqual([['rows', 'rows']])
  })

  it('gives the same grade every time, also after answers that change data', () => {
    const data = new DataSets(cheap, datasetSql, open)
    const answers = fc.constantFrom(
      'SELECT id, price FROM item WHERE price < 20',
      'DELETE FROM item; SELECT id, price FROM item',
      'DROP TABLE item',
      'BEGIN; UPDATE item SET price = 0; COMMIT; SELECT id, price FROM item WHERE price < 20',
      'INSERT OR ROLLBACK INTO item (id) VALUES (1)',
      'CREATE INDEX i ON item (price); ANALYZE; SELECT id, price FROM item WHERE price < 20',
      'SAVEPOINT grading; ROLLBACK',
      'SELECT 1',
    )
    const first = new Map<string, string>()
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), (sequence) => {
        for (const answer of sequence) {
          const graded = JSON.stringify(gradeSchema.parse(gradeSql(cheap, answer, { data, open, datasetSql })))
          expect(graded).toBe(first.get(answer) ?? graded)
          first.set(answer, graded)
        }
      }),
      { numRuns: 15 },
    )
    data.close()
  })

  it('reads plans and indexes after a script', () => {
    const indexed = exerciseOf(
      [
        { id: 'search', type: 'plan', of: 'cheap', label: 'Searches', demand: { noScan: ['item'], uses: ['item.*'] } },
        { id: 'one', type: 'indexes', table: 'item', label: 'One index', min: 1, max: 1 },
        { id: 'other', type: 'unchanged', tables: ['other'], label: 'Other is left alone' },
      ],
      { mode: 'script', workload: [{ id: 'cheap', label: 'Cheap', sql: 'SELECT * FROM item WHERE price < 20' }] },
    )
    expect(grade(indexed, 'CREATE INDEX i ON item (price)')).toMatchObject({ passed: true })
    expect(failures(grade(indexed, 'CREATE INDEX i ON item (kind)'))).toEqual([['search', 'wrong']])
    expect(grade(indexed, 'CREATE INDEX i ON item (kind)').checks[0]?.evidence).toBe('SCAN item: every row of item is read.')
    expect(failures(grade(indexed, 'CREATE INDEX i ON item (price); CREATE INDEX j ON item (kind)'))).toEqual([['one', 'wrong']])
    expect(failures(grade(indexed, "CREATE INDEX i ON item (price); UPDATE other SET note = 'c' WHERE id = 1"))).toEqual([['other', 'wrong']])
    expect(failures(grade(indexed, 'DROP TABLE item'))).toEqual([['search', 'wrong'], ['one', 'wrong']])
  })

  it('compares with untouched data, whatever the answer changed', () => {
    const raise = exerciseOf([{ id: 'all', type: 'rows', label: 'One more', query: 'SELECT sum(price) FROM item', expect: 'SELECT sum(price + 1) FROM item' }], { mode: 'script' })
    expect(grade(raise, 'UPDATE item SET price = price + 1')).toMatchObject({ passed: true })
    expect(grade(raise, 'UPDATE item SET price = price + 2')).toMatchObject({ passed: false })
  })

  it('plays several clients and tells what each saw', () => {
    const save = (client: string, version: number, price: number, changes: number) => ({ client, run: 'answer' as const, parameters: { version, price }, changes, says: `${client} saves ${price}.` })
    const optimistic = exerciseOf(
      [
        {
          id: 'late', type: 'interleave', label: 'The later save changes nothing', query: 'SELECT price FROM item WHERE id = 1', expect: 'SELECT 7',
          steps: [{ client: 'Ana', run: { sql: 'SELECT version FROM item WHERE id = 1' }, says: 'Ana reads.' }, save('Ana', 1, 7, 1), save('Ben', 1, 9, 0)],
        },
      ],
      { mode: 'script', parameters: { version: 1, price: 5 } },
    )
    const right = 'UPDATE item SET price = :price, version = version + 1 WHERE id = 1 AND version = :version'
    expect(grade(optimistic, right)).toMatchObject({ passed: true })
    expect(grade(optimistic, `BEGIN; ${right}; COMMIT`)).toMatchObject({ passed: true })
    expect(grade(optimistic, 'UPDATE item SET price = :price WHERE id = 1').checks[0]?.evidence.split('\n')).toEqual([
      '1. Ana reads. (Ana saw (1).)',
      '2. Ana saves 7. (Ana changed 1 row.)',
      '3. Ben saves 9. (Ben changed 1 row.)',
      'Step 3 should change 0 rows, it changed 1 row.',
    ])
  })

  it('has a grade for an answer that was stopped', () => {
    expect(timedOutGrade(cheap)).toMatchObject({ passed: false, score: 0, checks: [{ failure: 'time', evidence: expect.stringContaining('Stopped after 5 s') }, {}] })
  })
})
