import type { VectorAggregation } from '../syntax.ts'
import { compareSeries, keyOf, newSeries, pickLabels, type Steps, type StepSeries } from './series.ts'

/** Aggregates series into groups, step by step. */
export function aggregate(expression: VectorAggregation, series: readonly StepSeries[], steps: Steps): StepSeries[] {
  const { operation } = expression
  if (operation === 'sort' || operation === 'sort_desc') return sorted(series, operation === 'sort_desc')
  const groups = new Map<string, { labels: Readonly<Record<string, string>>; members: StepSeries[] }>()
  for (const member of series) {
    const labels = groupLabels(expression, member)
    const key = keyOf(labels)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { labels, members: [member] })
    else group.members.push(member)
  }
  if (operation === 'topk' || operation === 'bottomk') {
    const kept = [...groups.values()].flatMap(({ members }) => extremes(members, expression.parameter ?? 1, operation === 'topk', steps))
    return steps.count === 1 ? sorted(kept, operation === 'topk') : kept.sort(compareSeries)
  }
  return [...groups.values()].map(({ labels, members }) => {
    const out = newSeries(labels, steps)
    for (let step = 0; step < steps.count; step += 1) reduceStep(operation, members, step, out)
    return out
  })
}

function groupLabels({ grouping }: VectorAggregation, { labels }: StepSeries): Readonly<Record<string, string>> {
  if (grouping === null) return {}
  return pickLabels(labels, (name) => grouping.labels.includes(name) !== grouping.without)
}

function reduceStep(operation: VectorAggregation['operation'], members: readonly StepSeries[], step: number, out: StepSeries): void {
  let count = 0
  let total = 0
  let lowest = NaN
  let highest = NaN
  let mean = 0
  let squares = 0
  for (const { values, present } of members) {
    if (present[step] !== 1) continue
    const value = values[step] ?? NaN
    count += 1
    total += value
    if (!(lowest <= value)) lowest = value
    if (!(highest >= value)) highest = value
    const delta = value - mean
    mean += delta / count
    squares += delta * (value - mean)
  }
  if (count === 0) return
  out.present[step] = 1
  out.values[step] = operation === 'sum' ? total : operation === 'avg' ? total / count : operation === 'count' ? count
    : operation === 'min' ? lowest : operation === 'max' ? highest
    : operation === 'stdvar' ? squares / count : Math.sqrt(squares / count)
}

/** The k largest or smallest series of a group at each step; equal values go by labels, so that results do not depend on chance. */
function extremes(members: readonly StepSeries[], k: number, largest: boolean, steps: Steps): StepSeries[] {
  const ordered = members.toSorted(compareSeries)
  const outs = new Map<StepSeries, StepSeries>()
  for (let step = 0; step < steps.count; step += 1) {
    const candidates = ordered.filter(({ present }) => present[step] === 1)
    candidates.sort((a, b) => compareValues(a.values[step] ?? NaN, b.values[step] ?? NaN, largest))
    for (const member of candidates.slice(0, k)) {
      let out = outs.get(member)
      if (out === undefined) {
        out = newSeries(member.labels, steps)
        outs.set(member, out)
      }
      out.present[step] = 1
      out.values[step] = member.values[step] ?? NaN
    }
  }
  return [...outs.values()]
}

/** NaN comes last whichever way the others go. */
function compareValues(a: number, b: number, descending: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return descending ? b - a : a - b
}

function sorted(series: readonly StepSeries[], descending: boolean): StepSeries[] {
  return series.toSorted((a, b) => compareValues(a.values[0] ?? NaN, b.values[0] ?? NaN, descending) || compareSeries(a, b))
}
