import { describe, expect, it } from 'vitest'
import type { PlanNode } from '../../../../exercises/kinds/sql/engine.ts'
import { planDiff, planLines, queryIdentity } from './plan-diff.ts'
import { planSummary, planWords } from './plan-words.ts'

const node = (detail: string, rest: Partial<PlanNode> = {}): PlanNode => ({
  id: 1,
  detail,
  operation: 'other',
  covering: false,
  fullScan: false,
  children: [],
  ...rest,
})
const scan = node('SCAN orders', { operation: 'scan', table: 'orders', fullScan: true })
const search = node('SEARCH orders USING INDEX idx_user (user_id=? AND created_at>?)', { operation: 'search', table: 'orders', index: 'idx_user' })
const sort = node('USE TEMP B-TREE FOR ORDER BY', { operation: 'temp-btree' })

describe('planWords', () => {
  it('flags a full scan and a sort, and says what they cost', () => {
    expect(planWords(scan)).toEqual({
      flags: [{ weight: 'costly', word: 'Full scan' }],
      explanation: "Reads every row of orders. The cost grows with the table, whatever the result's size.",
    })
    expect(planWords(sort).flags).toEqual([{ weight: 'costly', word: 'Sort' }])
    expect(planWords(node('USE TEMP B-TREE FOR count(DISTINCT)', { operation: 'temp-btree' })).flags[0]?.word).toBe('Temporary set')
    expect(planWords(node('USE TEMP B-TREE FOR LAST TERM OF ORDER BY', { operation: 'temp-btree' })).explanation).toContain('Part of the order')
  })

  it('names the index and the columns that a search uses', () => {
    expect(planWords(search)).toEqual({
      flags: [],
      explanation: 'Finds rows of orders where user_id=? and created_at>? in index idx_user, then looks up each one in the table.',
    })
    const covering = { ...search, covering: true, detail: 'SEARCH orders USING COVERING INDEX idx_user (user_id=?)' }
    expect(planWords(covering).flags).toEqual([{ weight: 'good', word: 'Covering' }])
    const key = node('SEARCH u USING INTEGER PRIMARY KEY (rowid=?)', { operation: 'search', table: 'users' })
    expect(planWords(key).explanation).toBe("Goes straight to rows of users where rowid=?, by the table's own key.")
  })

  it('flags an automatic index and a correlated subquery, but not a scan of an intermediate result', () => {
    const automatic = node('SEARCH i USING AUTOMATIC COVERING INDEX (order_id=?)', { operation: 'search', table: 'order_items', covering: true })
    expect(planWords(automatic).flags).toEqual([{ weight: 'costly', word: 'Automatic index' }])
    expect(planWords(node('CORRELATED SCALAR SUBQUERY 1', { operation: 'subquery' })).flags[0]?.word).toBe('Runs per row')
    expect(planWords(node('SCAN recent', { operation: 'scan', table: 'recent' })).flags).toEqual([])
  })

  it('admits when it does not know a line', () => {
    expect(planWords(node('SOMETHING NEW')).explanation).toBe('A step that SQLite names itself.')
  })

  it('counts what matters', () => {
    expect(planSummary([scan, search, sort])).toBe('1 full scan, 1 search, 1 temporary sort')
  })
})

describe('planDiff', () => {
  it('keeps equal lines and shows what went before what came', () => {
    const changes = planDiff([scan, sort], [search, sort])
    expect(changes.map((change) => [change.state, change.node.detail])).toEqual([
      ['gone', scan.detail],
      ['added', search.detail],
      ['same', sort.detail],
    ])
  })

  it('ignores subquery numbers and notices depth', () => {
    expect(planDiff([node('SCALAR SUBQUERY 1')], [node('SCALAR SUBQUERY 4')]).map((change) => change.state)).toEqual(['same'])
    const nested = node('CO-ROUTINE x', { children: [scan] })
    expect(planLines([nested]).map((line) => line.depth)).toEqual([0, 1])
    expect(planDiff([scan], [nested]).map((change) => change.state)).toEqual(['gone', 'added', 'added'])
  })

  it('takes two spellings of a query as the same', () => {
    expect(queryIdentity("SELECT *\n FROM t -- all\nWHERE a = 'X  Y';")).toBe(queryIdentity("select * from t where a = 'X  Y'"))
    expect(queryIdentity("select 'A'")).not.toBe(queryIdentity("select 'a'"))
  })
})
