import { queryFailure } from '../errors.ts'
import { compareNumbers } from '../../query/comparison.ts'
import type { BinaryOperation, BinaryOperator, Comparison } from '../syntax.ts'
import { keyOf, newSeries, pickLabels, type SeriesOrScalar, type Steps, type StepSeries } from './series.ts'

/** Applies an operator to two sides. Vectors match on their labels as in PromQL. */
export function applyBinary(expression: BinaryOperation, left: SeriesOrScalar, right: SeriesOrScalar, steps: Steps, query: string): SeriesOrScalar {
  const { operator } = expression
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    const value = isComparison(operator) ? Number(compareNumbers(left.value, operator, right.value)) : arithmetic(operator, left.value, right.value)
    return { kind: 'scalar', value }
  }
  if (left.kind === 'scalar') return right.kind === 'scalar' ? right : { kind: 'series', series: right.series.map((series) => withScalar(expression, series, left.value, true, steps)) }
  if (right.kind === 'scalar') return { kind: 'series', series: left.series.map((series) => withScalar(expression, series, right.value, false, steps)) }
  if (operator === 'and' || operator === 'or' || operator === 'unless') return { kind: 'series', series: setOperation(expression, left.series, right.series, steps) }
  return { kind: 'series', series: matched(expression, left.series, right.series, steps, query) }
}

function isComparison(operator: BinaryOperator): operator is Comparison {
  return operator === '==' || operator === '!=' || operator === '>' || operator === '>=' || operator === '<' || operator === '<='
}

function arithmetic(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case '+': return a + b
    case '-': return a - b
    case '*': return a * b
    case '/': return a / b
    case '%': return a % b
    case '^': return a ** b
    default: return NaN
  }
}

/** Puts the result of one pair of values into a series: comparisons filter, unless they return 0 or 1. */
function put(expression: BinaryOperation, out: StepSeries, step: number, left: number, right: number, kept: number): void {
  const { operator, returnBool } = expression
  if (!isComparison(operator)) {
    out.present[step] = 1
    out.values[step] = arithmetic(operator, left, right)
    return
  }
  const holds = compareNumbers(left, operator, right)
  if (!holds && !returnBool) return
  out.present[step] = 1
  out.values[step] = returnBool ? Number(holds) : kept
}

function withScalar(expression: BinaryOperation, series: StepSeries, scalar: number, scalarIsLeft: boolean, steps: Steps): StepSeries {
  const out = newSeries(series.labels, steps)
  for (let step = 0; step < steps.count; step += 1) {
    if (series.present[step] !== 1) continue
    const value = series.values[step] ?? NaN
    put(expression, out, step, scalarIsLeft ? scalar : value, scalarIsLeft ? value : scalar, value)
  }
  return out
}

function matchKey({ matching }: BinaryOperation, series: StepSeries): string {
  if (matching === null) return series.key
  return keyOf(pickLabels(series.labels, (name) => matching.labels.includes(name) === matching.on))
}

function byMatchKey(expression: BinaryOperation, series: readonly StepSeries[]): Map<string, StepSeries[]> {
  const groups = new Map<string, StepSeries[]>()
  for (const one of series) {
    const key = matchKey(expression, one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

function setOperation(expression: BinaryOperation, left: readonly StepSeries[], right: readonly StepSeries[], steps: Steps): StepSeries[] {
  const other = byMatchKey(expression, expression.operator === 'or' ? left : right)
  const filtered = (series: StepSeries, keepWhenPresent: boolean): StepSeries => {
    const partners = other.get(matchKey(expression, series)) ?? []
    const out = newSeries(series.labels, steps)
    for (let step = 0; step < steps.count; step += 1) {
      if (series.present[step] !== 1) continue
      if (partners.some((partner) => partner.present[step] === 1) !== keepWhenPresent) continue
      out.present[step] = 1
      out.values[step] = series.values[step] ?? NaN
    }
    return out
  }
  if (expression.operator !== 'or') return left.map((series) => filtered(series, expression.operator === 'and'))
  const byKey = new Map(left.map((series) => [series.key, series]))
  const added = right.map((series) => filtered(series, false))
  for (const series of added) {
    const same = byKey.get(series.key)
    byKey.set(series.key, same === undefined ? series : overlay(same, series, steps))
  }
  return [...byKey.values()]
}

/** One series from two of the same labels, the first where both have a value. */
function overlay(first: StepSeries, second: StepSeries, steps: Steps): StepSeries {
  const out = newSeries(first.labels, steps)
  for (let step = 0; step < steps.count; step += 1) {
    const from = first.present[step] === 1 ? first : second
    out.present[step] = from.present[step] ?? 0
    out.values[step] = from.values[step] ?? NaN
  }
  return out
}

/** One-to-one and, with group_left or group_right, many-to-one matching. */
function matched(expression: BinaryOperation, left: readonly StepSeries[], right: readonly StepSeries[], steps: Steps, query: string): StepSeries[] {
  const group = expression.matching?.group ?? null
  const isLeftMany = group !== 'right'
  const many = isLeftMany ? left : right
  const ones = byMatchKey(expression, isLeftMany ? right : left)
  const outs = new Map<string, StepSeries>()
  for (const member of many) {
    const candidates = ones.get(matchKey(expression, member)) ?? []
    for (let step = 0; step < steps.count; step += 1) {
      if (member.present[step] !== 1) continue
      const present = candidates.filter((candidate) => candidate.present[step] === 1)
      const [one, second] = present
      if (one === undefined) continue
      if (second !== undefined) throw manySides(expression, query, isLeftMany ? 'right' : 'left')
      const labels = resultLabels(expression, member, one)
      const key = keyOf(labels)
      let out = outs.get(key)
      if (out === undefined) {
        out = newSeries(labels, steps)
        outs.set(key, out)
      } else if (out.present[step] === 1) {
        throw manySides(expression, query, isLeftMany ? 'left' : 'right')
      }
      const memberValue = member.values[step] ?? NaN
      const oneValue = one.values[step] ?? NaN
      const leftValue = isLeftMany ? memberValue : oneValue
      put(expression, out, step, leftValue, isLeftMany ? oneValue : memberValue, leftValue)
    }
  }
  return [...outs.values()]
}

function resultLabels({ matching, operator, returnBool }: BinaryOperation, many: StepSeries, one: StepSeries): Readonly<Record<string, string>> {
  if (matching === null) return many.labels
  if (matching.group !== null) {
    const labels: Record<string, string> = { ...many.labels }
    for (const name of matching.include) {
      const value = one.labels[name]
      if (value === undefined) delete labels[name]
      else labels[name] = value
    }
    return pickLabels(labels, () => true)
  }
  if (isComparison(operator) && !returnBool) return many.labels
  return pickLabels(many.labels, (name) => matching.labels.includes(name) === matching.on)
}

function manySides(expression: BinaryOperation, query: string, side: 'left' | 'right'): Error {
  return queryFailure(`found duplicate series on the ${side} hand-side of the operation ${expression.operator}: many-to-many matching not allowed: matching labels must be unique on one side`,
    `Match on more labels, or sum the ${side} side by the labels that match; with many series on one side, add group_left or group_right.`, { query, start: expression.start, end: expression.end })
}
