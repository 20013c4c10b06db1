import { fewestRows, mostQuarantined, smallestShare } from './batch.ts'
import type { Column, Drift, Quarantined, Report, Row } from './batch.ts'

export function psi(expected: readonly number[], actual: readonly number[]): number {
  const clip = (shares: readonly number[]) => shares.map((share) => Math.max(share, smallestShare))
  const [e, a] = [clip(expected), clip(actual)]
  return e.map((share, bin) => ((a[bin] ?? smallestShare) - share) * Math.log((a[bin] ?? smallestShare) / share)).reduce((left, right) => left + right, 0)
}

// Both sides are sorted once and walked together; no bin is ever asked for by value.
function numericShares(reference: number[], batch: number[]): [number[], number[]] {
  reference.sort((a, b) => a - b)
  batch.sort((a, b) => a - b)
  const cut = (sorted: readonly number[], edge: number): number => {
    let count = 0
    while (count < sorted.length && (sorted[count] ?? 0) <= edge) count += 1
    return count
  }
  const left: number[] = []
  const right: number[] = []
  let [seenLeft, seenRight] = [0, 0]
  for (let decile = 1; decile <= 10; decile += 1) {
    const edge = decile === 10 ? Infinity : (reference[Math.floor((decile * reference.length) / 10) - 1] ?? 0)
    const [upLeft, upRight] = [cut(reference, edge), cut(batch, edge)]
    left.push(upLeft - seenLeft)
    right.push(upRight - seenRight)
    ;[seenLeft, seenRight] = [upLeft, upRight]
  }
  return [left, right]
}

function textShares(reference: string[], batch: string[]): [number[], number[]] {
  const texts = [...new Set(reference)]
  const tally = (values: string[]) => texts.map((text) => values.filter((value) => value === text).length)
  const [left, right] = [tally(reference), tally(batch)]
  return [[...left, 0], [...right, batch.length - right.reduce((a, b) => a + b, 0)]]
}

function drift(name: string, reference: readonly Row[], rows: readonly Row[]): Drift {
  const pick = (from: readonly Row[]) => from.map((row) => row[name])
  const split = (values: unknown[]) => ({ numbers: values.filter((value): value is number => typeof value === 'number'), texts: values.filter((value): value is string => typeof value === 'string'), nulls: values.filter((value) => value === null || value === undefined).length })
  const [before, now] = [split(pick(reference)), split(pick(rows))]
  const [left, right] = before.texts.length > 0 ? textShares(before.texts, now.texts) : numericShares(before.numbers, now.numbers)
  const index = psi([...left, before.nulls].map((count) => count / Math.max(reference.length, 1)), [...right, now.nulls].map((count) => count / Math.max(rows.length, 1)))
  const levels = [[0.1, 'stable'], [0.25, 'moderate'], [Infinity, 'major']] as const
  const level = rows.length < fewestRows ? 'too few' : (levels.find(([below]) => index < below)?.[1] ?? 'major')
  return { column: name, psi: index, level }
}

function* faults(row: Row, columns: readonly Column[]): Generator<string> {
  for (const { name, type, nullable, min, max, oneOf } of columns) {
    const value = row[name]
    const isNumber = typeof value === 'number' && Number.isFinite(value)
    if (!Object.keys(row).includes(name)) yield `${name}: missing`
    else if (value === null) { if (nullable !== true) yield `${name}: null` }
    else if (type === 'integer' ? !isNumber || Math.round(value) !== value : type === 'number' ? !isNumber : typeof value !== 'string') yield `${name}: type`
    else if (type === 'timestamp' && (!/^\d+-\d\d-\d\dT[\d:.]+Z$/.test(String(value)) || Number.isNaN(Date.parse(String(value))))) yield `${name}: type`
    else if (isNumber && ((min !== undefined && value < min) || (max !== undefined && value > max))) yield `${name}: range`
    else if (oneOf && !oneOf.includes(String(value))) yield `${name}: value`
  }
}

export function checkBatch(reference: readonly Row[], batch: readonly Row[], columns: readonly Column[]): Report {
  const judged = batch.map((row, index): Quarantined => ({ index, row, faults: [...faults(row, columns)] }))
  const accepted = judged.filter((one) => one.faults.length === 0).map(({ row }) => row)
  const quarantined = judged.filter((one) => one.faults.length > 0)
  const names = columns.map(({ name }) => name)
  const unknownColumns = [...new Set(batch.flatMap(Object.keys))].filter((name) => names.indexOf(name) < 0).sort()
  const found = columns.filter(({ watch }) => watch).map(({ name }) => drift(name, reference, accepted))
  const hold = accepted.length + quarantined.length === 0 || quarantined.length / batch.length > mostQuarantined || found.some((one) => one.level === 'major')
  return { accepted, quarantined, unknownColumns, drift: found, verdict: hold ? 'hold' : 'load' }
}
