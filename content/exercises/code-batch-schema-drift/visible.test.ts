import { expect, test } from 'firedrill/test'
import type { Column, Row } from './batch.ts'
import { checkBatch, psi } from './check.ts'

const columns: Column[] = [
  { name: 'user_id', type: 'integer', min: 1 },
  { name: 'amount', type: 'number', min: 0, max: 10_000, watch: true },
  { name: 'category', type: 'text', oneOf: ['paper', 'ink', 'mats'], watch: true },
  { name: 'at', type: 'timestamp' },
  { name: 'coupon', type: 'text', nullable: true },
]
const row = (rest: Row = {}): Row => ({ user_id: 7, amount: 19.5, category: 'ink', at: '2026-01-05T09:00:00Z', coupon: null, ...rest })
const rows = (count: number): Row[] => Array.from({ length: count }, (_, n) => row({ amount: n % 1_000, category: ['paper', 'ink', 'mats'][n % 3] }))

test('quarantine', () => {
  const bad = row({ user_id: 0, amount: 12_000, category: null })
  const batch = [row(), bad, row({ user_id: 8 })]
  const report = checkBatch(rows(1_000), batch, columns)
  expect(report.accepted, 'accepted').toEqual([batch[0], batch[2]])
  expect(report.quarantined.map(({ index, row: kept }) => [index, kept === bad]), 'in quarantine: place, and the very row').toEqual([[1, true]])
  expect(report.quarantined[0]?.faults.toSorted(), 'its faults').toEqual(['amount: range', 'category: null', 'user_id: range'])
})

test('renamed', () => {
  const batch = rows(1_000).map(({ category, ...rest }) => ({ ...rest, item_category: category }))
  const report = checkBatch(rows(1_000), batch, columns)
  expect(report.quarantined.length, 'rows in quarantine').toBe(1_000)
  expect(report.quarantined[0]?.faults, 'faults of the first').toEqual(['category: missing'])
  expect(report.unknownColumns, 'unknown columns').toEqual(['item_category'])
  expect(report.verdict, 'the verdict').toBe('hold')
})

test('formula', () => {
  expect(psi([0.5, 0.5], [0.5, 0.5]), 'no change').toBeCloseTo(0, 1e-12)
  expect(psi([0.5, 0.5], [0.9, 0.1]), '50:50 became 90:10').toBeCloseTo(0.8789, 0.0005)
  expect(psi([0.9, 0.1], [0.5, 0.5]), '90:10 became 50:50').toBeCloseTo(0.8789, 0.0005)
  expect(psi([0.25, 0.25, 0.5], [0.2, 0.2, 0.6]), 'a smaller change').toBeCloseTo(0.0405, 0.0005)
})

test('same-source', () => {
  const report = checkBatch(rows(2_000), rows(1_000), columns)
  expect(report.drift.map(({ column, level }) => `${column} ${level}`), 'drift').toEqual(['amount stable', 'category stable'])
  expect(report.verdict, 'the verdict').toBe('load')
})
