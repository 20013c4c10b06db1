import { describe, expect, it } from 'vitest'
import { parsePlan } from '../../../../../exercises/kinds/postgres/plan.ts'
import { explainOf, planLines } from './plan-lines.ts'

const node = (more: object): object => ({ 'Node Type': 'Seq Scan', 'Plan Rows': 10, 'Actual Rows': 10, 'Actual Loops': 1, 'Actual Total Time': 5, 'Total Cost': 1, 'Shared Hit Blocks': 4, ...more })
const linesOf = (root: object) => planLines(parsePlan(JSON.stringify([{ Plan: root, 'Execution Time': 9 }])))

describe('planLines', () => {
  it('puts steps under the one that asks for their rows, with the time of each alone', () => {
    const lines = linesOf(node({ 'Node Type': 'Nested Loop', 'Actual Total Time': 12, Plans: [node({ 'Relation Name': 'a', 'Actual Total Time': 2 }), node({ 'Node Type': 'Index Scan', 'Index Name': 'i', 'Relation Name': 'b', 'Actual Loops': 10, 'Actual Rows': 2, 'Actual Total Time': 0.5 })] }))
    expect(lines.map(({ depth, title, rowsPerLoop, ownMs }) => ({ depth, title, rowsPerLoop, ownMs }))).toEqual([
      { depth: 0, title: 'Nested Loop', rowsPerLoop: 10, ownMs: 5 },
      { depth: 1, title: 'Seq Scan on a', rowsPerLoop: 10, ownMs: 2 },
      { depth: 1, title: 'Index Scan on b using i', rowsPerLoop: 2, ownMs: 5 },
    ])
  })

  it.each([
    ['a misestimate of ten and more', { 'Plan Rows': 5, 'Actual Rows': 6_000 }, 'Estimate off 1,200 times'],
    ['a step that never ran', { 'Actual Rows': 0, 'Actual Loops': 0 }, 'Never executed'],
    ['a table read for nothing', { 'Rows Removed by Filter': 99_980, 'Actual Rows': 20, 'Plan Rows': 20 }, '99,980 rows read and thrown away'],
    ['a sort on disk', { 'Node Type': 'Sort', 'Temp Read Blocks': 50, 'Temp Written Blocks': 50 }, 'Spilled 100 pages to disk'],
  ])('flags %s', (_what, more, words) => {
    expect(linesOf(node(more))[0]?.flags.map((flag) => flag.words)).toEqual([words])
  })

  it('flags nothing where all is well, or where nothing was run', () => {
    expect(linesOf(node({}))[0]?.flags).toEqual([])
    expect(linesOf({ 'Node Type': 'Seq Scan', 'Plan Rows': 1_000_000 })[0]).toMatchObject({ flags: [], rowsPerLoop: null, ownMs: null })
  })
})

it('runs a query to explain it, and only plans what writes', () => {
  expect(explainOf({ text: 'SELECT 1', verb: 'SELECT' })).toEqual({ sql: 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT 1', isRun: true })
  expect(explainOf({ text: 'DELETE FROM t', verb: 'DELETE' })).toEqual({ sql: 'EXPLAIN (FORMAT JSON) DELETE FROM t', isRun: false })
})
