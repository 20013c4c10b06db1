import { fewestRows, mostQuarantined, smallestShare } from './batch.ts'
import type { Column, Drift, Quarantined, Report, Row } from './batch.ts'

/** Population stability index of two lists of shares, bin by bin. */
export function psi(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, share, bin) => {
    const e = Math.max(share, smallestShare)
    const a = Math.max(actual[bin] ?? 0, smallestShare)
    return sum + (a - e) * Math.log(a / e)
  }, 0)
}

/** Checks a batch against its schema, and its distribution against the reference, on which the model was trained. */
export function checkBatch(reference: readonly Row[], batch: readonly Row[], columns: readonly Column[]): Report {
  const accepted: Row[] = []
  const quarantined: Quarantined[] = []
  for (const [index, row] of batch.entries()) {
    const faults = columns.flatMap((column) => faultOf(row, column) ?? [])
    if (faults.length === 0) accepted.push(row)
    else quarantined.push({ index, row, faults })
  }
  const known = new Set(columns.map(({ name }) => name))
  const unknownColumns = [...new Set(batch.flatMap((row) => Object.keys(row)))].filter((name) => !known.has(name)).toSorted()
  const drift = columns.filter(({ watch }) => watch === true).map((column) => driftOf(column, reference, accepted))
  const held = batch.length === 0 || quarantined.length > batch.length * mostQuarantined || drift.some(({ level }) => level === 'major')
  return { accepted, quarantined, unknownColumns, drift, verdict: held ? 'hold' : 'load' }
}

function faultOf(row: Row, column: Column): string | null {
  const { name, nullable = false, min = -Infinity, max = Infinity, oneOf } = column
  if (!Object.hasOwn(row, name)) return `${name}: missing`
  const value = row[name]
  if (value === null) return nullable ? null : `${name}: null`
  if (!isOfType(value, column.type)) return `${name}: type`
  if (typeof value === 'number' && (value < min || value > max)) return `${name}: range`
  if (oneOf !== undefined && !oneOf.some((allowed) => allowed === value)) return `${name}: value`
  return null
}

function isOfType(value: unknown, type: Column['type']): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'text':
      return typeof value === 'string'
    case 'timestamp':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value))
  }
}

function driftOf({ name, type }: Column, reference: readonly Row[], accepted: readonly Row[]): Drift {
  const before = reference.map((row) => row[name])
  const { count, binOf } = binsOf(before, type)
  const index = psi(sharesOf(before, count, binOf), sharesOf(accepted.map((row) => row[name]), count, binOf))
  const level = accepted.length < fewestRows ? 'too few' : index < 0.1 ? 'stable' : index < 0.25 ? 'moderate' : 'major'
  return { column: name, psi: index, level }
}

interface Bins {
  count: number
  binOf: (value: unknown) => number
}

/** Bin 0 is for missing values. */
function binsOf(values: readonly unknown[], type: Column['type']): Bins {
  const numbers = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b)
  if (type === 'integer' || type === 'number') {
    const edges = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => numbers[Math.ceil((tenth * numbers.length) / 10) - 1] ?? 0)
    return { count: 11, binOf: (value) => (typeof value === 'number' ? 1 + edges.filter((edge) => edge < value).length : 0) }
  }
  const places = new Map([...new Set(values.filter((value) => typeof value === 'string'))].map((text, index) => [text, index + 2]))
  return { count: places.size + 2, binOf: (value) => (typeof value === 'string' ? (places.get(value) ?? 1) : 0) }
}

function sharesOf(values: readonly unknown[], count: number, binOf: Bins['binOf']): number[] {
  const counts = Array.from({ length: count }, () => 0)
  for (const value of values) {
    const bin = binOf(value)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts.map((inBin) => inBin / Math.max(1, values.length))
}
