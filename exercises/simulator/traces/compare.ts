import { criticalPath } from './critical-path.ts'
import { nearestRank } from './service-map.ts'
import type { AttributeValue, Trace } from './source.ts'
import { selfTimeUs, spanTree } from './span-tree.ts'

/** How often an attribute has a value in slow traces, against the others. */
export interface AttributeDifference {
  readonly service: string
  /** An attribute's name, or `operation` or `status` for what every span has. */
  readonly attribute: string
  /** A value, or `> 120` for numbers above the 90th percentile of the baseline. */
  readonly value: string
  readonly slowCount: number
  readonly baselineCount: number
  /** Shares of the traces of each side, 0 to 1. */
  readonly slowShare: number
  readonly baselineShare: number
  /** slowShare / baselineShare; Infinity for a value that no baseline trace has. */
  readonly lift: number
  /**
   * The likelihood ratio G of the two shares: how surprising the difference would be by chance. Counts both the size of the
   * difference and the number of traces behind it. Above 10.8 chance explains it less than once in a thousand.
   */
  readonly score: number
}

/** Where the additional time went. Times in microseconds, means over all traces of a side, 0 where an operation is missing. */
export interface OperationDifference {
  readonly service: string
  readonly operation: string
  readonly slowCriticalUs: number
  readonly baselineCriticalUs: number
  /** Of the difference in response time; all of them add up to it. */
  readonly criticalDifferenceUs: number
  readonly slowSelfUs: number
  readonly baselineSelfUs: number
  /** Spans of the operation in a trace, on average: more calls or slower calls. */
  readonly slowCalls: number
  readonly baselineCalls: number
}

export interface TraceComparison {
  readonly slowTraces: number
  readonly baselineTraces: number
  readonly slowMeanUs: number
  readonly baselineMeanUs: number
  /** The most telling first. */
  readonly attributes: readonly AttributeDifference[]
  /** The one that explains most of the additional time first. */
  readonly operations: readonly OperationDifference[]
}

/** Attributes with more values than this are ids: no value of theirs tells anything about a group. */
const MOST_VALUES = 1000

/** Numbers with more values than this are compared with a threshold in place of one by one. */
const MOST_NUMBERS = 12

/** Compares two sets of traces: which attributes the slow ones share, and which operations took the additional time. */
export function compareTraces(slow: readonly Trace[], baseline: readonly Trace[], mostAttributes = 50): TraceComparison {
  const slowSide = gather(slow)
  const baselineSide = gather(baseline)
  const attributes: AttributeDifference[] = []
  for (const [key, slowField] of unionOf(slowSide.fields, baselineSide.fields)) {
    const baselineField = baselineSide.fields.get(key) ?? emptyField(slowField)
    attributes.push(...compareField(slowSide.fields.get(key) ?? emptyField(slowField), baselineField, slow.length, baseline.length))
  }
  // A value that slow traces have says more than one that they lack, though both may be equally surprising.
  attributes.sort((a, b) => b.score - a.score || b.slowShare - a.slowShare || compareText(a.service, b.service) || compareText(a.attribute, b.attribute) || compareText(a.value, b.value))
  return {
    slowTraces: slow.length, baselineTraces: baseline.length, slowMeanUs: slowSide.meanUs, baselineMeanUs: baselineSide.meanUs,
    attributes: attributes.slice(0, mostAttributes), operations: compareOperations(slowSide, baselineSide, slow.length, baseline.length),
  }
}

interface Field {
  readonly service: string
  readonly attribute: string
  /** Traces by value. */
  readonly counts: Map<string, number>
  /** Each trace's highest number; null once a value is no number. */
  numbers: number[] | null
}

interface OperationTotals { readonly service: string; readonly operation: string; criticalUs: number; selfUs: number; calls: number }

interface Side { readonly fields: Map<string, Field>; readonly operations: Map<string, OperationTotals>; readonly meanUs: number }

function emptyField({ service, attribute }: Field): Field {
  return { service, attribute, counts: new Map(), numbers: [] }
}

function unionOf(a: ReadonlyMap<string, Field>, b: ReadonlyMap<string, Field>): Map<string, Field> {
  return new Map([...b, ...a])
}

function gather(traces: readonly Trace[]): Side {
  const fields = new Map<string, Field>()
  const operations = new Map<string, OperationTotals>()
  let totalUs = 0
  for (const trace of traces) {
    const tree = spanTree(trace)
    const path = criticalPath(trace)
    if (tree === null || path === null) continue
    totalUs += path.totalUs
    const ofTrace = new Map<string, { service: string; attribute: string; values: Set<AttributeValue> }>()
    const note = (service: string, attribute: string, value: AttributeValue): void => {
      const key = `${service}\u0001${attribute}`
      const known = ofTrace.get(key)
      if (known === undefined) ofTrace.set(key, { service, attribute, values: new Set([value]) })
      else known.values.add(value)
    }
    for (const node of tree.nodes) {
      const { service, name, status, attributes, spanId } = node.span
      note(service, 'operation', name)
      if (status === 'error') note(service, 'status', 'error')
      for (const [attribute, value] of Object.entries(attributes)) note(service, attribute, value)
      const key = `${service}\u0001${name}`
      const totals = operations.get(key) ?? { service, operation: name, criticalUs: 0, selfUs: 0, calls: 0 }
      totals.criticalUs += path.timeUsBySpanId.get(spanId) ?? 0
      totals.selfUs += selfTimeUs(node)
      totals.calls += 1
      operations.set(key, totals)
    }
    for (const [key, { service, attribute, values }] of ofTrace) addToField(fields, key, service, attribute, values)
  }
  return { fields, operations, meanUs: traces.length === 0 ? 0 : totalUs / traces.length }
}

function addToField(fields: Map<string, Field>, key: string, service: string, attribute: string, values: ReadonlySet<AttributeValue>): void {
  const field = fields.get(key) ?? { service, attribute, counts: new Map<string, number>(), numbers: [] }
  fields.set(key, field)
  let highest = -Infinity
  for (const value of values) {
    if (typeof value === 'number') highest = Math.max(highest, value)
    else field.numbers = null
    const text = String(value)
    if (field.counts.size <= MOST_VALUES || field.counts.has(text)) field.counts.set(text, (field.counts.get(text) ?? 0) + 1)
  }
  field.numbers?.push(highest)
}

function compareField(slow: Field, baseline: Field, slowTotal: number, baselineTotal: number): AttributeDifference[] {
  const { service, attribute } = slow
  const make = (value: string, slowCount: number, baselineCount: number): AttributeDifference => {
    const slowShare = slowTotal === 0 ? 0 : slowCount / slowTotal
    const baselineShare = baselineTotal === 0 ? 0 : baselineCount / baselineTotal
    return { service, attribute, value, slowCount, baselineCount, slowShare, baselineShare, lift: slowShare / baselineShare, score: likelihoodRatio(slowCount, slowTotal, baselineCount, baselineTotal) }
  }
  const values = new Set([...slow.counts.keys(), ...baseline.counts.keys()])
  if (slow.numbers !== null && baseline.numbers !== null && values.size > MOST_NUMBERS && baseline.numbers.length > 0) {
    const threshold = nearestRank(Float64Array.from(baseline.numbers).sort(), 0.9)
    const above = (numbers: readonly number[]): number => numbers.filter((value) => value > threshold).length
    return [make(`> ${threshold}`, above(slow.numbers), above(baseline.numbers))]
  }
  if (values.size > MOST_VALUES) return []
  return [...values].map((value) => make(value, slow.counts.get(value) ?? 0, baseline.counts.get(value) ?? 0)).filter(({ slowShare, baselineShare }) => slowShare !== baselineShare)
}

/** G of a two-by-two table. Source: any text on categorical data; also Dunning 1993. */
function likelihoodRatio(slowWith: number, slowTotal: number, baselineWith: number, baselineTotal: number): number {
  const total = slowTotal + baselineTotal
  const having = slowWith + baselineWith
  const cells = [
    [slowWith, slowTotal * having], [slowTotal - slowWith, slowTotal * (total - having)],
    [baselineWith, baselineTotal * having], [baselineTotal - baselineWith, baselineTotal * (total - having)],
  ] as const
  const sum = cells.reduce((part, [observed, expected]) => part + (observed === 0 ? 0 : observed * Math.log((observed * total) / expected)), 0)
  return Math.max(0, 2 * sum)
}

function compareOperations(slow: Side, baseline: Side, slowTotal: number, baselineTotal: number): OperationDifference[] {
  const keys = new Set([...slow.operations.keys(), ...baseline.operations.keys()])
  const mean = (total: number | undefined, count: number): number => (count === 0 ? 0 : (total ?? 0) / count)
  const differences = [...keys].map((key): OperationDifference => {
    const a = slow.operations.get(key)
    const b = baseline.operations.get(key)
    const slowCriticalUs = mean(a?.criticalUs, slowTotal)
    const baselineCriticalUs = mean(b?.criticalUs, baselineTotal)
    return {
      service: a?.service ?? b?.service ?? '', operation: a?.operation ?? b?.operation ?? '',
      slowCriticalUs, baselineCriticalUs, criticalDifferenceUs: slowCriticalUs - baselineCriticalUs,
      slowSelfUs: mean(a?.selfUs, slowTotal), baselineSelfUs: mean(b?.selfUs, baselineTotal), slowCalls: mean(a?.calls, slowTotal), baselineCalls: mean(b?.calls, baselineTotal),
    }
  })
  return differences.sort((a, b) => b.criticalDifferenceUs - a.criticalDifferenceUs || compareText(a.service, b.service) || compareText(a.operation, b.operation))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
