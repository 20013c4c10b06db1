/** Function calls. */
import { absentLabels } from './absent.ts'
import { typeOf, unwrap } from './ast.ts'
import { evaluateSelector, stepSeconds } from './evaluate-selector.ts'
import { spendCells } from './evaluation.ts'
import { calendar, greater, lesser, mathematics, roundTo } from './functions/mathematics.ts'
import { histogramFraction, histogramQuantile } from './functions/histograms.ts'
import { overTimeFunctions } from './functions/over-time.ts'
import { applyRangeFunction, withoutNames } from './functions/range-function.ts'
import { looksLikeCounter, rateFunctions } from './functions/rate.ts'
import { labelJoin, labelReplace } from './functions/relabel.ts'
import { sortByValue } from './functions/sort.ts'
import { emptyLabels, labelValue, metricNameLabel } from './label-set.ts'
import { EvaluationFailure } from './query-error.ts'
import { hasAny, newColumn, scalarOf } from './value.ts'
import type { Call, Expr, MatrixSelector, Subquery } from './ast.ts'
import type { Evaluation } from './evaluation.ts'
import type { RangeFunction } from './functions/range-function.ts'
import type { Column, Value } from './value.ts'

const rangeFunctions: Readonly<Record<string, RangeFunction>> = { ...rateFunctions, ...overTimeFunctions }

/** Evaluates a call whose types have been checked. @throws EvaluationFailure */
export function evaluateCall(context: Evaluation, call: Call): Value {
  const { name } = call.signature
  const rangeFunction = Object.hasOwn(rangeFunctions, name) ? rangeFunctions[name] : undefined
  if (rangeFunction) return { type: 'vector', columns: callRangeFunction(context, call, rangeFunction) }
  const args = new Arguments(context, call)
  const single = Object.hasOwn(mathematics, name) ? mathematics[name] : undefined
  if (single) return vector(mapped(args.vector(0), single))
  const ofTime = Object.hasOwn(calendar, name) ? calendar[name] : undefined
  if (ofTime) return vector(call.args.length === 0 ? [constantColumn(stepSeconds(context).map(ofTime))] : mapped(args.vector(0), ofTime))
  switch (name) {
    case 'time':
      return { type: 'scalar', values: stepSeconds(context) }
    case 'pi':
      return scalarOf(context.grid, Math.PI)
    case 'vector':
      return vector([constantColumn(args.scalar(0))])
    case 'scalar':
      return { type: 'scalar', values: onlyValues(context, args.vector(0)) }
    case 'timestamp':
      return vector(timestamps(context, call))
    case 'absent':
      return vector(absent(context, call, args.vector(0).map((column) => column.present)))
    case 'absent_over_time':
      return vector(absent(context, call, callRangeFunction(context, call, presence).map((column) => column.present)))
    case 'round':
      return vector(withParameter(args.vector(0), call.args.length > 1 ? args.scalar(1) : scalarOf(context.grid, 1).values, roundTo))
    case 'clamp':
      return vector(clamp(args.vector(0), args.scalar(1), args.scalar(2)))
    case 'clamp_min':
      return vector(withParameter(args.vector(0), args.scalar(1), greater))
    case 'clamp_max':
      return vector(withParameter(args.vector(0), args.scalar(1), lesser))
    case 'sort':
    case 'sort_desc':
      return vector(sortByValue(context, call, args.vector(0), name === 'sort' ? 1 : -1))
    case 'label_replace':
      return vector(labelReplace(args.vector(0), args.text(1), args.text(2), args.text(3), args.text(4)))
    case 'label_join':
      return vector(
        labelJoin(
          args.vector(0),
          args.text(1),
          args.text(2),
          call.args.slice(3).map((_, index) => args.text(index + 3)),
        ),
      )
    case 'histogram_quantile':
      return vector(histogramQuantile(context, args.scalar(0), args.span(0), args.vector(1), args.span(1)))
    case 'histogram_fraction':
      return vector(histogramFraction(context, args.scalar(0), args.scalar(1), args.vector(2), args.span(2)))
    default:
      // histogram_count and its kin read native histograms, of which there are none here: numbers are left out, as in Prometheus.
      args.vector(0)
      return vector([])
  }
}

const presence: RangeFunction = { least: 1, over: () => 1 }

function vector(columns: readonly Column[]): Value {
  return { type: 'vector', columns }
}

class Arguments {
  private readonly context: Evaluation
  private readonly call: Call

  constructor(context: Evaluation, call: Call) {
    this.context = context
    this.call = call
  }

  span(index: number): Expr {
    const arg = this.call.args[index]
    if (!arg) throw new EvaluationFailure(`argument ${index + 1} of ${this.call.signature.name} is missing`)
    return arg
  }

  private value(index: number): Value {
    return this.context.evaluate(this.context, this.span(index))
  }

  vector(index: number): readonly Column[] {
    const value = this.value(index)
    return value.type === 'vector' ? value.columns : []
  }

  scalar(index: number): Float64Array {
    const value = this.value(index)
    return value.type === 'scalar' ? value.values : scalarOf(this.context.grid, Number.NaN).values
  }

  text(index: number): string {
    const value = this.value(index)
    return value.type === 'string' ? value.text : ''
  }
}

function constantColumn(values: Float64Array): Column {
  return { labels: emptyLabels, values, present: new Uint8Array(values.length).fill(1) }
}

function mapped(columns: readonly Column[], change: (value: number) => number): Column[] {
  return withoutNames(columns.map(({ labels, values, present }) => ({ labels, values: values.map(change), present })))
}

function withParameter(columns: readonly Column[], param: Float64Array, change: (value: number, param: number) => number): Column[] {
  return withoutNames(columns.map(({ labels, values, present }) => ({ labels, values: values.map((value, step) => change(value, param[step] ?? 0)), present })))
}

function clamp(columns: readonly Column[], least: Float64Array, most: Float64Array): Column[] {
  const possible = least.map((low, step) => ((most[step] ?? 0) < low ? 0 : 1))
  const clamped = columns.map(({ labels, values, present }) => ({
    labels,
    values: values.map((value, step) => greater(least[step] ?? 0, lesser(most[step] ?? 0, value))),
    present: present.map((there, step) => there & (possible[step] ?? 0)),
  }))
  return withoutNames(clamped.filter((column) => hasAny(column.present)))
}

/** The value of the only series with one, NaN where there is none or more. */
function onlyValues(context: Evaluation, columns: readonly Column[]): Float64Array {
  const counts = new Uint32Array(context.grid.count)
  const result = scalarOf(context.grid, Number.NaN).values
  for (const { values, present } of columns) {
    for (let step = 0; step < present.length; step += 1) {
      if (present[step] !== 1) continue
      counts[step] = (counts[step] ?? 0) + 1
      result[step] = counts[step] === 1 ? (values[step] ?? 0) : Number.NaN
    }
  }
  return result
}

/** Of a selector, the times of its samples; of anything else, the times of the steps. */
function timestamps(context: Evaluation, call: Call): Column[] {
  const [arg] = call.args
  const inner = arg ? unwrap(arg) : undefined
  if (inner?.kind === 'selector') return withoutNames(evaluateSelector(context, inner, true))
  const seconds = stepSeconds(context)
  return withoutNames(new Arguments(context, call).vector(0).map(({ labels, present }) => ({ labels, values: seconds, present })))
}

function absent(context: Evaluation, call: Call, presences: readonly Uint8Array[]): Column[] {
  const [arg] = call.args
  const column = newColumn(arg ? absentLabels(arg) : emptyLabels, context.grid.count)
  column.values.fill(1)
  for (let step = 0; step < context.grid.count; step += 1) column.present[step] = presences.some((present) => present[step] === 1) ? 0 : 1
  return hasAny(column.present) ? [column] : []
}

function callRangeFunction(context: Evaluation, call: Call, fn: RangeFunction): Column[] {
  const { name } = call.signature
  const args = new Arguments(context, call)
  const rangeIndex = call.args.findIndex((arg) => typeOf(arg) === 'matrix')
  const range = asRange(args.span(rangeIndex))
  const paramIndex = call.args.findIndex((arg) => typeOf(arg) === 'scalar')
  const param = paramIndex < 0 ? null : args.scalar(paramIndex)
  const columns = applyRangeFunction(context, range, fn, param)
  spendCells(context, columns.length)
  if (name === 'quantile_over_time' && param && columns.length > 0) {
    for (const quantile of new Set(param)) if (!(quantile >= 0 && quantile <= 1)) context.annotations.invalidQuantile(quantile, args.span(paramIndex))
  }
  if (name === 'rate' || name === 'increase') {
    for (const { labels } of columns) {
      const metricName = labelValue(labels, metricNameLabel)
      if (metricName !== '' && !looksLikeCounter(metricName)) context.annotations.possibleNonCounter(metricName, args.span(rangeIndex))
    }
  }
  return fn.keepsName === true ? columns : withoutNames(columns)
}

/** The range inside any parentheses. */
export function asRange(expr: Expr): MatrixSelector | Subquery {
  const inner = unwrap(expr)
  if (inner.kind === 'matrix' || inner.kind === 'subquery') return inner
  throw new EvaluationFailure('expected a range vector')
}

