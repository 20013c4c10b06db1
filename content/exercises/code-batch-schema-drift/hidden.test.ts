import { expect, test } from 'firedrill/test'
import type { Column, Drift, Row } from './batch.ts'
import { checkBatch, psi } from './check.ts'

const amount: Column = { name: 'amount', type: 'number', watch: true }
const ofAmounts = (values: readonly (number | null)[]): Row[] => values.map((value) => ({ amount: value }))
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n)
const driftOf = (reference: readonly (number | null)[], batch: readonly (number | null)[], column: Column = amount): Drift => {
  const [drift] = checkBatch(ofAmounts(reference), ofAmounts(batch), [column]).drift
  return drift ?? { column: '(none)', psi: Number.NaN, level: 'stable' }
}

test('rules', () => {
  const faultsOf = (column: Omit<Column, 'name'>, value: unknown): string[] => {
    const { quarantined } = checkBatch([], [{ x: value }], [{ name: 'x', ...column }])
    return quarantined[0]?.faults ?? []
  }
  const cases: [Omit<Column, 'name'>, unknown, string[]][] = [
    [{ type: 'integer' }, 7, []], [{ type: 'integer' }, '7', ['x: type']], [{ type: 'integer' }, 7.5, ['x: type']], [{ type: 'integer' }, true, ['x: type']],
    [{ type: 'number' }, 7.5, []], [{ type: 'number' }, '', ['x: type']], [{ type: 'number' }, ' ', ['x: type']], [{ type: 'number' }, Number.NaN, ['x: type']], [{ type: 'number' }, Infinity, ['x: type']], [{ type: 'number' }, [7], ['x: type']],
    [{ type: 'number' }, null, ['x: null']], [{ type: 'number', nullable: true, min: 1 }, null, []], [{ type: 'number', min: 0, max: 10 }, 0, []], [{ type: 'number', min: 0, max: 10 }, 10, []], [{ type: 'number', min: 0, max: 10 }, 10.01, ['x: range']], [{ type: 'number', min: 0 }, '-1', ['x: type']],
    [{ type: 'text' }, '', []], [{ type: 'text' }, 7, ['x: type']], [{ type: 'text', oneOf: ['a', 'b'] }, 'a', []], [{ type: 'text', oneOf: ['a', 'b'] }, 'A', ['x: value']], [{ type: 'text', oneOf: ['a'] }, 7, ['x: type']],
    [{ type: 'timestamp' }, '2026-01-05T09:00:00Z', []], [{ type: 'timestamp' }, '2026-01-05T09:00:00.250Z', []], [{ type: 'timestamp' }, '2026-13-05T09:00:00Z', ['x: type']], [{ type: 'timestamp' }, '2026-01-05T09:00:00', ['x: type']], [{ type: 'timestamp' }, '5 January', ['x: type']], [{ type: 'timestamp' }, 1_767_603_600_000, ['x: type']],
  ]
  for (const [column, value, faults] of cases) expect(faultsOf(column, value), `faults of ${typeof value === 'number' ? value : JSON.stringify(value)} as ${JSON.stringify(column)}`).toEqual(faults)
  expect(checkBatch([], [{ x: undefined }, {}, Object.create({ x: 7 }) as Row], [{ name: 'x', type: 'integer' }]).quarantined.map(({ faults }) => faults[0]).slice(1), 'faults of rows without the key').toEqual(['x: missing', 'x: missing'])
})

test('empty-bins', () => {
  const gone = psi([0.1, 0.9], [0, 1])
  expect(gone, 'a bin that has lost its 10%').toBeCloseTo(0.6903 + 0.0105, 0.001)
  expect(psi([0, 1], [0.1, 0.9]), 'a bin that was empty and has 10%').toBeCloseTo(0.6903 + 0.0105, 0.001)
  expect(psi([0, 0, 1], [0, 0, 1]), 'bins that are empty on both sides').toBeCloseTo(0, 1e-12)
  const half = driftOf(range(1, 1_000), range(501, 1_000))
  expect(half.psi, 'PSI of 1 to 1,000 against 501 to 1,000').toBeCloseTo(5 * 0.6901 + 5 * 0.0693, 0.03)
  expect(half.level).toBe('major')
})

test('reference-bins', () => {
  const reference = range(1, 1_000)
  expect(driftOf(reference, Array.from({ length: 800 }, () => 455)).psi, 'PSI when all 800 rows are 455').toBeCloseTo(9 * 0.6901 + 0.9 * 2.3026, 0.03)
  const shifted = [...range(1, 1_000), ...range(1, 500), ...range(1, 500)]
  expect(driftOf(reference, shifted).psi, 'PSI when the lower half comes three times as often').toBeCloseTo(0.2747, 0.02)
  const before = driftOf(reference, reference).psi
  expect(before, 'PSI of the reference with itself').toBeCloseTo(0, 0.001)
})

test('outside', () => {
  const reference = range(1, 1_000)
  const inCents = reference.map((value) => value * 100)
  const cents = driftOf(reference, inCents)
  expect(cents.level, 'the level when amounts come in cents').toBe('major')
  expect(cents.psi, 'PSI when amounts come in cents').toBeCloseTo(9 * 0.099 * Math.log(100) + 0.891 * Math.log(9.91), 0.05)
  expect(driftOf(reference, [...range(1, 500), ...Array.from({ length: 500 }, () => 5_000)]).psi, 'PSI when every second row lies above all of the reference').toBeCloseTo(4 * 0.6901 + 0.4 * Math.log(5), 0.03)
  expect(driftOf(reference, [...range(501, 1_000), ...Array.from({ length: 500 }, () => -5_000)]).psi, 'PSI when every second row lies below').toBeCloseTo(4 * 0.6901 + 0.4 * Math.log(5), 0.03)
})

test('heavy-tail', ({ random }) => {
  const purchase = (from: number, to: number): number => (random() < 0.001 ? 50_000 * random() : from + (to - from) * random())
  const reference = [50_000, ...Array.from({ length: 2_000 }, () => purchase(10, 90))]
  expect(driftOf(reference, Array.from({ length: 1_000 }, () => purchase(10, 90))).level, 'amounts of 10 to 90, as before').toBe('stable')
  expect(driftOf(reference, Array.from({ length: 1_000 }, () => purchase(40, 120))).level, 'amounts of 40 to 120').toBe('major')
})

test('missing-values', () => {
  const optional: Column = { ...amount, nullable: true }
  const withNulls = (share: number): (number | null)[] => range(1, 2_000).map((n) => (n % 100 < share ? null : n))
  expect(driftOf(withNulls(1), withNulls(1), optional).level, '1% missing, as before').toBe('stable')
  const more = driftOf(withNulls(1), withNulls(40), optional)
  expect(more.level, '40% missing instead of 1%').toBe('major')
  expect(more.psi, 'its PSI').toBeCloseTo(0.39 * Math.log(40) + 0.39 * Math.log(0.99 / 0.6), 0.05)
  expect(driftOf(range(1, 1_000), withNulls(40), optional).level, '40% missing instead of none').toBe('major')
})

test('categories', () => {
  const column: Column = { name: 'category', type: 'text', watch: true }
  const rows = (counts: Record<string, number>): Row[] => Object.entries(counts).flatMap(([category, count]) => Array.from({ length: count }, () => ({ category })))
  const drift = (before: Record<string, number>, now: Record<string, number>): number => checkBatch(rows(before), rows(now), [column]).drift[0]?.psi ?? Number.NaN
  expect(drift({ a: 500, b: 500 }, { b: 300, a: 300 }), 'the same shares').toBeCloseTo(0, 0.001)
  expect(drift({ a: 500, b: 500 }, { a: 900, b: 100 }), '50:50 became 90:10').toBeCloseTo(0.8789, 0.001)
  const unknown = 0.2 * Math.log(0.2 / 0.0001)
  expect(drift({ a: 500, b: 500 }, { a: 400, b: 400, c: 100, d: 100 }), 'two new ones with 10% each, in one bin').toBeCloseTo(unknown + 2 * 0.1 * Math.log(0.5 / 0.4), 0.01)
  expect(drift({ toString: 500, __proto__x: 500 }, { toString: 500, __proto__x: 500 }), 'odd names').toBeCloseTo(0, 0.001)
})

test('too-few', () => {
  const reference = range(1, 1_000)
  expect(driftOf(reference, [1, 2, 3, 999]).level, 'four rows').toBe('too few')
  expect(driftOf(reference, range(1, 499)).level, '499 rows').toBe('too few')
  expect(driftOf(reference, range(1, 500)).level, '500 rows').toBe('major')
  expect(checkBatch(ofAmounts(reference), ofAmounts([1, 2, 3]), [amount]).verdict, 'the verdict for three rows').toBe('load')
})

test('verdict', () => {
  const columns: Column[] = [{ ...amount, min: 0 }, { name: 'id', type: 'integer' }]
  const rows = (count: number, bad: number): Row[] => range(1, count).map((n) => ({ amount: n <= bad ? -n : n % 1_000, id: n }))
  const check = (batch: readonly Row[]) => checkBatch(rows(2_000, 0), batch, columns)
  expect(check([]).verdict, 'no rows').toBe('hold')
  expect(check(rows(1_000, 50)).verdict, '5% in quarantine').toBe('load')
  expect(check(rows(1_000, 51)).verdict, '5.1% in quarantine').toBe('hold')
  expect(check(rows(1_000, 0).map((row) => ({ ...row, amount: 7 }))).verdict, 'valid rows, all of one amount').toBe('hold')
  expect(check(rows(1_000, 50)).accepted.length, 'rows accepted of 1,000').toBe(950)
  expect(check(rows(1_000, 0)).drift.map(({ column }) => column), 'columns with a drift').toEqual(['amount'])
  expect(check([{ amount: 1, id: 1, zone: 'x' }, { amount: 2, id: 2, area: 'y' }]).unknownColumns, 'unknown columns').toEqual(['area', 'zone'])
})
