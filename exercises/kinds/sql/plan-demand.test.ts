import { describe, expect, test } from 'vitest'
import type { PlanNode } from './engine.ts'
import { brokenDemand } from './plan-demand.ts'

function node(detail: string, rest: Partial<PlanNode>): PlanNode {
  return { id: 1, detail, operation: 'other', covering: false, fullScan: false, children: [], ...rest }
}

describe('noScan', () => {
  const copy = node('SCAN titles', { operation: 'scan', table: 'titles', fullScan: true })
  const search = node('SEARCH listings USING INTEGER PRIMARY KEY (rowid=?)', { operation: 'search', table: 'listings', children: [copy] })

  test('a named table lets other tables be scanned', () => {
    expect(brokenDemand([search], { noScan: ['listings'] }, [])).toBeNull()
  })

  test('* refuses the scan of any table, at any depth, and names it', () => {
    expect(brokenDemand([search], { noScan: ['*'] }, [])).toBe('SCAN titles: every row of titles is read.')
  })

  test('* takes a plan without a full scan', () => {
    expect(brokenDemand([{ ...search, children: [node('USE TEMP B-TREE FOR ORDER BY', { operation: 'temp-btree' })] }], { noScan: ['*'] }, [])).toBeNull()
  })
})
