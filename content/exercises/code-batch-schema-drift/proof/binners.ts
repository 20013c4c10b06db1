import { fewestRows, mostQuarantined, smallestShare, type Column, type Report, type Row } from './batch.ts'

type Value = string | number | null
type Check = (value: unknown) => 'null' | 'type' | 'range' | 'value' | undefined

export const psi = (expected: readonly number[], actual: readonly number[]): number => {
  const floor = (share: number | undefined) => (share !== undefined && share > smallestShare ? share : smallestShare)
  let total = 0
  for (let bin = 0; bin < expected.length; bin++) total += (floor(actual[bin]) - floor(expected[bin])) * (Math.log(floor(actual[bin])) - Math.log(floor(expected[bin])))
  return total
}

const isTimestamp = (value: unknown) => typeof value === 'string' && value.endsWith('Z') && value[10] === 'T' && !isNaN(new Date(value).getTime())
const typeChecks: Record<Column['type'], (value: unknown) => boolean> = {
  integer: (value) => typeof value === 'number' && value % 1 === 0,
  number: (value) => typeof value === 'number' && value - value === 0,
  text: (value) => typeof value === 'string',
  timestamp: isTimestamp,
}

const compile = (column: Column): Check => (value) => {
  if (value === null) return column.nullable ? undefined : 'null'
  if (!typeChecks[column.type](value)) return 'type'
  if (column.min !== undefined && (value as number) < column.min) return 'range'
  if (column.max !== undefined && (value as number) > column.max) return 'range'
  return column.oneOf && !column.oneOf.includes(value as string) ? 'value' : undefined
}

/** Sorts values into named bins that the reference decides. */
abstract class Binner {
  abstract name(value: Value): string
  abstract names(): string[]
  shares(values: readonly Value[]): number[] {
    const counts = new Map<string, number>()
    for (const value of values) {
      const name = value === null ? 'missing' : this.name(value)
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return ['missing', ...this.names()].map((name) => (counts.get(name) ?? 0) / (values.length || 1))
  }
}

class Deciles extends Binner {
  readonly edges: number[]
  constructor(values: readonly number[]) {
    super()
    const sorted = Float64Array.from(values).sort()
    const at = (share: number) => {
      const place = share * (sorted.length - 1)
      const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
      return low + (high - low) * (place - Math.floor(place))
    }
    this.edges = [...new Set([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(at))]
  }
  name(value: Value): string {
    let [low, high] = [0, this.edges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.edges[middle] ?? 0) < Number(value)) low = middle + 1
      else high = middle
    }
    return `bin ${low}`
  }
  names = () => [...this.edges, 0].map((_, index) => `bin ${index}`)
}

class Categories extends Binner {
  readonly known: Set<Value>
  constructor(values: readonly Value[]) {
    super()
    this.known = new Set(values)
  }
  name(value: Value): string { return this.known.has(value) ? `is ${value}` : 'other' }
  names = () => ['other', ...[...this.known].map((value) => `is ${value}`)]
}

export function checkBatch(reference: readonly Row[], batch: readonly Row[], columns: readonly Column[]): Report {
  const report: Report = { accepted: [], quarantined: [], unknownColumns: [], drift: [], verdict: 'load' }
  const checks = columns.map((column) => [column.name, compile(column)] as const)
  const unknown = new Set<string>()
  batch.forEach((row, index) => {
    const faults: string[] = []
    for (const [name, check] of checks) {
      const broken = Object.prototype.hasOwnProperty.call(row, name) ? check(row[name]) : 'missing'
      if (broken) faults.push(`${name}: ${broken}`)
    }
    for (const name of Object.keys(row)) if (!columns.some((column) => column.name === name)) unknown.add(name)
    if (faults.length) report.quarantined.push({ index, row, faults })
    else report.accepted.push(row)
  })
  report.unknownColumns = Array.from(unknown).sort()
  for (const { name } of columns.filter((column) => column.watch)) {
    const before = reference.map((row) => row[name] as Value)
    const present = before.filter((value) => value !== null)
    const binner = typeof present[0] === 'number' ? new Deciles(present as number[]) : new Categories(present)
    const value = psi(binner.shares(before), binner.shares(report.accepted.map((row) => row[name] as Value)))
    const level = report.accepted.length < fewestRows ? 'too few' : value >= 0.25 ? 'major' : value >= 0.1 ? 'moderate' : 'stable'
    report.drift.push({ column: name, psi: value, level })
  }
  const share = report.quarantined.length / batch.length
  if (!(share <= mostQuarantined) || report.drift.some(({ level }) => level === 'major')) report.verdict = 'hold'
  return report
}
