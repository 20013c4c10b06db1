import { describe, expect, it } from 'vitest'
import { formatPlan, parsePlan } from './plan.ts'
import { brokenDemand } from './plan-demand.ts'

/** Recorded from PostgreSQL 18.4, shortened. */
const nested = JSON.stringify([
  {
    'Plan': {
      'Node Type': 'Nested Loop', 'Plan Rows': 10, 'Total Cost': 100.5, 'Actual Rows': 5000.0, 'Actual Loops': 1, 'Actual Total Time': 12.5, 'Shared Hit Blocks': 900, 'Shared Read Blocks': 100, 'Temp Read Blocks': 0, 'Temp Written Blocks': 0,
      'Plans': [
        { 'Node Type': 'Seq Scan', 'Relation Name': 'orders', 'Filter': "(status = 'paid'::text)", 'Rows Removed by Filter': 95_000, 'Plan Rows': 10, 'Total Cost': 90, 'Actual Rows': 5000.0, 'Actual Loops': 1, 'Actual Total Time': 6 },
        { 'Node Type': 'Index Only Scan', 'Relation Name': 'users', 'Index Name': 'users_pkey', 'Index Cond': '(id = orders.user_id)', 'Plan Rows': 1, 'Total Cost': 0.3, 'Actual Rows': 1.0, 'Actual Loops': 5000, 'Actual Total Time': 0.001 },
      ],
    },
    'Planning Time': 0.2,
    'Execution Time': 13,
  },
])

describe('parsePlan', () => {
  it('adds up the loops, and flags an estimate that is far off', () => {
    const { root, executionMs } = parsePlan(nested)
    expect(executionMs).toBe(13)
    expect(root).toMatchObject({ estimatedRows: 10, actualRows: 5000, misestimate: 500, misestimated: true, buffers: { hit: 900, read: 100, temporary: 0 } })
    expect(root.children).toMatchObject([
      { table: 'orders', removedRows: 95_000, conditions: [{ label: 'Filter' }] },
      { index: 'users_pkey', actualRows: 5000, milliseconds: 5, misestimated: false },
    ])
  })

  it('reads a plan that was not run', () => {
    expect(parsePlan('[{"Plan": {"Node Type": "Result", "Plan Rows": 1, "Total Cost": 0.01}}]').root).toMatchObject({ actualRows: null, misestimate: null, misestimated: false })
  })

  it('refuses what is no plan', () => {
    expect(() => parsePlan('{}')).toThrow()
  })
})

describe('brokenDemand', () => {
  const plan = parsePlan(nested)
  it.each([
    [{ noSeqScan: ['orders'] }, 'Seq Scan on orders: every row of it is read, and 95000 are thrown away.'],
    [{ noSeqScan: ['*'] }, 'Seq Scan on orders'],
    [{ uses: ['orders.*'] }, 'No index of orders is used'],
    [{ uses: ['other'] }, 'The index other is not used'],
    [{ indexOnly: ['orders'] }, 'orders is not read from an index alone'],
    [{ without: ['Nested Loop'] }, 'The plan holds a Nested Loop'],
    [{ maxBuffers: 999 }, 'It touches 1000 pages; 999 are enough'],
    [{ maxMisestimate: 10 }, 'Nested Loop: 10 rows expected, 5000 seen, 500 times apart'],
  ])('breaks %o', (demand, says) => {
    expect(brokenDemand(plan, demand)).toContain(says)
  })

  it.each([[{ noSeqScan: ['users'] }], [{ uses: ['users_pkey', 'users.*'] }], [{ indexOnly: ['users'] }], [{ without: ['Sort'], maxBuffers: 1000, maxMisestimate: 500 }]])('holds for %o', (demand) => {
    expect(brokenDemand(plan, demand)).toBeNull()
  })

  it('is shown with its rows', () => {
    expect(formatPlan(plan.root)).toContain('  Seq Scan on orders (10 rows expected, 5000 seen)')
  })
})
