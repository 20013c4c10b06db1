import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createContentFolder } from '../../test/fixtures/content-folder.ts'
import type { ContentFolder } from '../../test/fixtures/content-folder.ts'
import { goodChapter, goodWalkthrough } from '../../test/fixtures/content-sample.ts'
import { files as smallIncident } from '../../exercises/simulator/incident/testing/small.ts'
import { validateContent } from './validate.ts'

const chapterFile = 'chapters/07-databases/chapter.md'
const walkthroughFile = 'chapters/07-databases/walkthroughs/slow.yaml'
const planFence = '```sql run=shop plan\nSELECT 1\n```\n```output\n`--SCAN\n```\n'
const fenceLine = goodChapter.slice(0, goodChapter.indexOf(planFence)).split('\n').length

let folder: ContentFolder
beforeEach(() => {
  folder = createContentFolder()
})
afterEach(() => folder.dispose())

/** The sample is far too short for a chapter, which is not what these tests are about. */
const validateFully = async (options: Partial<Parameters<typeof validateContent>[0]> = {}) => {
  const found = await validateContent({ contentDir: folder.dir, update: false, onProgress: () => undefined, ...options })
  return { ...found, problems: found.problems.filter(({ rule }) => rule !== 'prose.words' && rule !== 'prose.checks' && rule !== 'code.unproved') }
}
const validate = (update = false) => validateFully({ update })
const problems = async (): Promise<string[]> => (await validate()).problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`)
/** The sample chapter with other blocks in the place of its one fence. */
const withBlocks = (blocks: string): void => folder.write(chapterFile, goodChapter.replace(planFence, () => blocks))
const fence = (info: string, text: string, output?: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n${output === undefined ? '' : `\`\`\`output\n${output}\n\`\`\`\n`}`

describe('code blocks that run', () => {
  it('compares outputs and points at the line that differs', async () => {
    expect(await problems()).toEqual([`${chapterFile}:${fenceLine + 4} run.output`])
  })
  it.each([
    ['blocks of a section share a database', fence('sql run=shop', 'CREATE INDEX orders_cents ON orders (cents);') + fence('sql run=shop plan', 'SELECT 1 FROM orders WHERE cents = 1', '`--SEARCH orders USING COVERING INDEX orders_cents (cents=?)'), []],
    ['the dataset is built with seed 1', fence('sql run=shop', 'SELECT id, cents FROM orders', 'id | cents\n---+------\n 1 |   100\n 2 |  NULL'), []],
    ['an empty database', fence('sql run', 'CREATE TABLE t (a);\nINSERT INTO t VALUES (1);\nSELECT a FROM t;', 'a\n-\n1'), []],
    ['several results', fence('sql run', 'SELECT 1 AS a; SELECT 2 AS b', 'a\n-\n1\nb\n-\n2'), []],
    ['an index and then the plan', fence('sql run=shop plan', 'CREATE INDEX o ON orders (cents);\nSELECT id FROM orders WHERE cents = 3', '`--SEARCH orders USING COVERING INDEX o (cents=?)'), []],
    ['EXPLAIN QUERY PLAN as a statement', fence('sql run=shop', 'EXPLAIN QUERY PLAN SELECT * FROM orders', '`--SCAN orders'), []],
    ['a failing statement, at its line', fence('sql run=shop', 'SELECT 1;\n\nSELEKT 2;'), [`${chapterFile}:${fenceLine + 3} run.failed`]],
    ['a failing plan, at its line', fence('sql run=shop plan', 'SELECT 1;\nSELECT nope FROM orders'), [`${chapterFile}:${fenceLine + 2} run.failed`]],
    ['a dataset that is not there', fence('sql run=shed', 'SELECT 1'), [`${chapterFile}:${fenceLine + 1} run.failed`]],
    ['a transcript is not run', fence('sql', 'SELEKT 2;', 'whatever'), []],
  ])('%s', async (_, blocks, expected) => {
    withBlocks(blocks)
    expect(await problems()).toEqual(expected)
  })
  it('sections do not see each other', async () => {
    folder.write(chapterFile, goodChapter.replace(planFence, () => fence('sql run', 'CREATE TABLE t (a)')).replace('- a list', () => `${fence('sql run', 'SELECT 1 AS x FROM sqlite_schema', 'x\n-\n(0 rows)')}\n- a list`))
    expect(await problems()).toEqual([])
  })
  it('a dataset that does not build is told once per section', async () => {
    folder.write('datasets/shop.sql', 'CREATE TABL orders')
    expect(await problems()).toEqual([`${chapterFile}:${fenceLine + 1} run.failed`, `${walkthroughFile}:${goodWalkthrough.slice(0, goodWalkthrough.indexOf('```sql')).split('\n').length + 1} run.failed`])
  })
  it('PostgreSQL, where it is installed', async () => {
    withBlocks(
      fence('pgsql run', 'CREATE TABLE t (a int, at timestamptz, n numeric);\nINSERT INTO t VALUES (1, NULL, 1.50), (NULL, NULL, 2);\nSELECT a, n, a IS NULL AS none FROM t;', '   a | n    | none\n-----+------+-----\n   1 | 1.50 | f\nNULL | 2    | t') +
        fence('pgsql run plan', 'SELECT a FROM t WHERE a = 1 AND a = 2', 'Result  (cost=0.00..0.00 rows=0 width=4)\n  Replaces: Scan on t\n  One-Time Filter: false') +
        fence('pgsql run', 'SELECT 1;\nSELECT 1/0;'),
    )
    const found = (await validate()).problems
    expect(found.map(({ line, rule }) => `${line} ${rule}`)).toEqual(expect.arrayContaining([expect.stringContaining('run.failed') as string]))
    expect(found.find((problem) => problem.rule === 'run.failed')?.message).toContain('division by zero')
  })
})

describe('programs', () => {
  it.each([
    ['what is written to the console', fence('ts run', 'const sum = (of: number[]): number => of.reduce((a, b) => a + b, 0)\nsetTimeout(() => console.log("later", { sum: sum([1, 2]) }), 60_000)\nconsole.log("now")', 'now\nlater { sum: 3 }'), []],
    ['JavaScript, unchecked', fence('js run', 'function f(x) { return x }\nconsole.log(f(1))', '1'), []],
    ['each is a program of its own', fence('ts run', 'const a = 1\nconsole.log(a)', '1') + fence('ts run', 'const a = 2\nconsole.log(a)', '2'), []],
    ['a type error, at its line', fence('ts run', 'const a = 1\nconst b: string = a\nconsole.log(b)'), [`${chapterFile}:${fenceLine + 2} run.failed`]],
    ['an error that comes out', fence('ts run', 'throw new Error("no")'), [`${chapterFile}:${fenceLine + 1} run.failed`]],
  ])('%s', async (_, blocks, expected) => {
    withBlocks(blocks)
    expect(await problems()).toEqual(expected)
  }, 30_000)
})

describe('questions to an incident', () => {
  beforeEach(() => {
    for (const [name, text] of Object.entries(smallIncident)) folder.write(`incidents/small/${name}`, text.replace('skills: [indexes]', 'skills: [sql.plans]'))
  })
  it('are answered at their times, whatever their order on the page', async () => {
    withBlocks(fence('sh run=small at=2', 'kubectl get pods | wc -l', '?') + fence('promql run=small at=-1,0,1', 'sum(up{service="other"})', '?') + fence('logql run=small at=1 most=2', '{service="other"} | json | line_format "{{.level}}"', '?') + fence('promql run=small at=1', 'nothing_at_all', '?') + fence('logql run=small at=0,1', 'sum(count_over_time({service="nobody"}[1m]))', '?'))
    expect((await validate(true)).problems).toEqual([])
    const text = readFileSync(join(folder.dir, chapterFile), 'utf8')
    expect(text).toMatch(/-1 min \| page \| \+1 min\n-+\+-+\+-+\n +\d+ \| +\d+ \| +\d+\n/)
    expect(text).toContain('(no series)')
    expect(await problems()).toEqual([])
  }, 60_000)
  it('fail alone: the others are answered', async () => {
    withBlocks(fence('promql run=small at=0', 'sum((', 'x') + fence('sh run=small at=0', 'kubectl scale deployment other --replicas=4', 'x') + fence('sh run=small at=1', 'echo ok', 'ok'))
    expect((await validate()).problems.map(({ line, rule, message }) => `${line} ${rule} ${message}`)).toEqual([expect.stringContaining(`${fenceLine + 1} run.failed`), expect.stringContaining('nobody acts')])
  }, 60_000)
  it('name an incident that exists', async () => {
    withBlocks(fence('promql run=smal at=0', 'up', 'x'))
    expect(await problems()).toEqual([`${chapterFile}:${fenceLine} incident.unknown`])
  })
})

describe('a block without an end', () => {
  it('is stopped and named, and the other files are still run', async () => {
    withBlocks(fence('sql run', 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)\nSELECT sum(i) FROM n'))
    folder.write(walkthroughFile, goodWalkthrough.replace('SELECT 1 AS one', 'SELECT 2 AS one'))
    const { problems: found } = await validateFully({ blockLimitMs: 1_000 })
    expect(found.map(({ file, rule }) => `${file} ${rule}`)).toEqual([`${chapterFile} run.failed`, `${walkthroughFile} run.output`])
    expect(found[0]?.message).toContain('stopped after 1 s')
  })
})

it('looks at some files only, when asked', async () => {
  folder.write(walkthroughFile, goodWalkthrough.replace('SELECT 1 AS one', 'SELECT 2 AS one'))
  const { problems: found, counts } = await validateFully({ only: walkthroughFile })
  expect(found.map(({ file, rule }) => `${file} ${rule}`)).toEqual([`${walkthroughFile} run.output`])
  expect(counts).toMatchObject({ blocks: 1, diagrams: 0 })
})

it('asks of a chapter what check-prose.ts asks, and says what it could not compare with', async () => {
  const { problems: found, notes } = await validateContent({ contentDir: folder.dir, update: false, onProgress: () => undefined })
  expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['prose.words', 'prose.checks']))
  expect(notes).toEqual([expect.stringContaining('Not compared with the source texts')])
})

describe('--update', () => {
  it('writes what was printed, in Markdown and inside YAML, and is then content', async () => {
    withBlocks(fence('sql run=shop plan', 'SELECT * FROM orders', '') + fence('sql run=shop', 'SELECT count(*) FROM orders', 'wrong\nvery\nwrong'))
    folder.write(walkthroughFile, goodWalkthrough.replace('SELECT 1 AS one', 'SELECT 1 AS one, 2 AS two'))
    const { updated, problems: left } = await validate(true)
    expect(left).toEqual([])
    expect(updated).toEqual([walkthroughFile, chapterFile])
    expect(readFileSync(join(folder.dir, chapterFile), 'utf8')).toContain('```output\n`--SCAN orders\n```\n```sql run=shop\nSELECT count(*) FROM orders\n```\n```output\ncount(*)\n--------\n       2\n```\n')
    expect(readFileSync(join(folder.dir, walkthroughFile), 'utf8')).toContain('          ```output\n          one | two\n          ----+----\n            1 |   2\n          ```\n')
    expect((await validate(true)).updated).toEqual([])
    expect(await problems()).toEqual([])
  })
})

describe('diagrams', () => {
  it('that do not parse are errors at their line of the file', async () => {
    folder.write(chapterFile, goodChapter.replace(planFence, '').replace('  a --> b', '  a --> b\n  b --> ['))
    const line = goodChapter.replace(planFence, '').split('\n').indexOf('  a --> b') + 2
    expect(await problems()).toEqual([`${chapterFile}:${line} diagram.mermaid`])
  })
})
