/** Aggregations: series into groups, and each group's values at a step into one. */
import { countValues } from './aggregate-count-values.ts'
import { spendCells } from './evaluation.ts'
import { compareValues } from './functions/sort.ts'
import { onlyLabels, withoutLabels, withoutName } from './label-set.ts'
import { EvaluationFailure } from './query-error.ts'
import { compensatedMean, compensatedSum, variance } from './summation.ts'
import { quantile } from '../query/quantile.ts'
import { hasAny, newColumn } from './value.ts'
import type { Aggregate, Aggregator } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { LabelSet } from './label-set.ts'
import type { Column } from './value.ts'

export interface Group {
  readonly labels: LabelSet
  readonly members: Column[]
}

/** @throws EvaluationFailure for an impossible parameter */
export function evaluateAggregate(context: Evaluation, expr: Aggregate): readonly Column[] {
  const inner = context.evaluate(context, expr.expr)
  const columns = inner.type === 'vector' ? inner.columns : []
  const groups = groupBy(columns, (labels) => (expr.without ? withoutLabels(withoutName(labels), expr.labels) : onlyLabels(labels, expr.labels)))
  if (expr.op === 'count_values') {
    const label = expr.param ? context.evaluate(context, expr.param) : null
    return countValues(context, groups, label?.type === 'string' ? label.text : '')
  }
  const param = parameter(context, expr)
  if (expr.op === 'topk' || expr.op === 'bottomk') return selectExtremes(context, groups, columns, param, expr.op === 'topk' ? -1 : 1)
  const reduce = expr.op === 'quantile' ? null : reducers[expr.op]
  return groups.map((group) => reduceGroup(context, group, reduce, param))
}

export function groupBy(columns: readonly Column[], labelsOf: (labels: LabelSet) => LabelSet): Group[] {
  const groups = new Map<string, Group>()
  for (const column of columns) {
    const labels = labelsOf(column.labels)
    const group = groups.get(labels.key)
    if (group) group.members.push(column)
    else groups.set(labels.key, { labels, members: [column] })
  }
  return [...groups.values()]
}

function parameter(context: Evaluation, expr: Aggregate): Float64Array {
  if (!expr.param) return new Float64Array(0)
  const value = context.evaluate(context, expr.param)
  const values = value.type === 'scalar' ? value.values : new Float64Array(context.grid.count)
  for (const number of values) {
    if (expr.op === 'quantile') {
      if (!(number >= 0 && number <= 1)) context.annotations.invalidQuantile(number, expr.param)
    } else if (Number.isNaN(number)) throw new EvaluationFailure('Parameter value is NaN', `${expr.op} needs a number of series, such as 5.`)
    else if (Math.abs(number) >= 2 ** 63) throw new EvaluationFailure(`Scalar value ${number} overflows int64`)
  }
  return values
}

/** Reduces values[0, count), count > 0. */
type Reducer = (values: Float64Array, count: number) => number

const reducers: Record<Exclude<Aggregator, 'quantile' | 'topk' | 'bottomk' | 'count_values'>, Reducer> = {
  sum: (values, count) => compensatedSum(values, 0, count),
  avg: (values, count) => compensatedMean(values, 0, count),
  count: (_values, count) => count,
  group: () => 1,
  min: (values, count) => extreme(values, count, -1),
  max: (values, count) => extreme(values, count, 1),
  stdvar: (values, count) => variance(values, 0, count),
  stddev: (values, count) => Math.sqrt(variance(values, 0, count)),
}

function extreme(values: Float64Array, count: number, sign: 1 | -1): number {
  let best = values[0] ?? 0
  for (let index = 1; index < count; index += 1) {
    const value = values[index] ?? 0
    if (sign * value > sign * best || Number.isNaN(best)) best = value
  }
  return best
}

function reduceGroup(context: Evaluation, { labels, members }: Group, reduce: Reducer | null, param: Float64Array): Column {
  spendCells(context, 1)
  const result = newColumn(labels, context.grid.count)
  const gathered = new Float64Array(members.length)
  for (let step = 0; step < context.grid.count; step += 1) {
    let count = 0
    for (let index = 0; index < members.length; index += 1) {
      const member = members[index]
      if (member === undefined || member.present[step] !== 1) continue
      gathered[count] = member.values[step] ?? 0
      count += 1
    }
    if (count === 0) continue
    result.present[step] = 1
    result.values[step] = reduce ? reduce(gathered, count) : quantile(param[step] ?? 0, gathered, count)
  }
  return result
}

/** The k greatest (direction -1) or least series of each group at each step, with their own labels. NaN comes last; ties go to the first. */
function selectExtremes(context: Evaluation, groups: readonly Group[], columns: readonly Column[], param: Float64Array, direction: 1 | -1): readonly Column[] {
  spendCells(context, columns.length)
  const kept = new Map<Column, Uint8Array>()
  const order: Column[] = []
  for (const { members } of groups) {
    for (let step = 0; step < context.grid.count; step += 1) {
      const most = Math.trunc(param[step] ?? 0)
      if (most < 1) continue
      const present = members.filter((member) => member.present[step] === 1)
      const ranked = present.sort((left, right) => compareValues(left.values[step] ?? 0, right.values[step] ?? 0, direction))
      for (const member of ranked.slice(0, most)) {
        let marks = kept.get(member)
        if (!marks) {
          marks = new Uint8Array(context.grid.count)
          kept.set(member, marks)
          order.push(member)
        }
        marks[step] = 1
      }
    }
  }
  // An instant query's answer is in order of rank, a range query's in order of labels.
  const listed = context.grid.count === 1 ? order : columns.filter((column) => kept.has(column))
  return listed.map((column) => ({ labels: column.labels, values: column.values, present: kept.get(column) ?? new Uint8Array(0) })).filter((column) => hasAny(column.present))
}
