import { asResult, LogqlFailure, parseFailure, queryFailure, type Result } from './errors.ts'
import { evaluateMetric } from './metrics/evaluate.ts'
import { compareSeries, type SeriesOrScalar, type Steps } from './metrics/series.ts'
import { Budget, type EvaluationLimits } from './options.ts'
import { parseLogql } from './parse.ts'
import type { RangeSteps, ResultSeries } from '../promql/index.ts'
import type { MetricResult } from './result.ts'
import type { LogSource } from './source.ts'
import type { MetricExpression } from './syntax.ts'

/** Steps of a range query at most, as Prometheus and Loki have it. */
const MAXIMUM_STEPS = 11_000

/** Evaluates a metric query at one moment. `timeMs`: milliseconds since the epoch. */
export function queryInstant(source: LogSource, query: string, timeMs: number, limits: EvaluationLimits = {}): Result<MetricResult> {
  return asResult(() => {
    const expression = metricOf(query)
    const budget = new Budget(query, limits)
    const value = evaluateMetric(source, expression, { startUs: timeMs * 1000, stepUs: 1, count: 1 }, budget)
    if (value.kind === 'scalar') return { type: 'scalar', timeMs, value: value.value }
    const samples = value.series.filter(({ present }) => present[0] === 1)
    budget.checkResultSeries(samples.length)
    // topk and sort order their result; all others come by labels.
    if (!isOrdered(expression)) samples.sort(compareSeries)
    return { type: 'vector', timeMs, samples: samples.map(({ labels, values }) => ({ labels, value: values[0] ?? NaN })) }
  })
}

function isOrdered(expression: MetricExpression): boolean {
  return expression.kind === 'aggregation' && ['topk', 'bottomk', 'sort', 'sort_desc'].includes(expression.operation)
}

/** Evaluates a metric query at startMs, startMs + stepMs and so on up to endMs, in milliseconds since the epoch. */
export function queryRange(source: LogSource, query: string, range: RangeSteps, limits: EvaluationLimits = {}): Result<MetricResult> {
  return asResult(() => {
    const expression = metricOf(query)
    if (!(range.stepMs > 0)) throw queryFailure('zero or negative query resolution step widths are not accepted', 'Give a step of at least 1 ms.')
    if (!(range.endMs >= range.startMs)) throw queryFailure('end timestamp must not be before start time', 'Swap the two ends.')
    const count = Math.floor((range.endMs - range.startMs) / range.stepMs) + 1
    if (count > MAXIMUM_STEPS) throw queryFailure(`exceeded maximum resolution of 11,000 points per timeseries`, 'Use a longer step or a shorter range.')
    const steps: Steps = { startUs: range.startMs * 1000, stepUs: range.stepMs * 1000, count }
    const budget = new Budget(query, limits)
    const series = toMatrix(evaluateMetric(source, expression, steps, budget), range, steps)
    budget.checkResultSeries(series.length)
    return { type: 'matrix', series }
  })
}

function toMatrix(value: SeriesOrScalar, range: RangeSteps, steps: Steps): ResultSeries[] {
  const timeOf = (step: number): number => range.startMs + step * range.stepMs
  if (value.kind === 'scalar') {
    const timesMs = Float64Array.from({ length: steps.count }, (_, step) => timeOf(step))
    return [{ labels: {}, timesMs, values: new Float64Array(steps.count).fill(value.value) }]
  }
  return value.series.toSorted(compareSeries).flatMap(({ labels, values, present }) => {
    const kept: number[] = []
    for (let step = 0; step < steps.count; step += 1) if (present[step] === 1) kept.push(step)
    return kept.length === 0 ? [] : [{ labels, timesMs: Float64Array.from(kept, timeOf), values: Float64Array.from(kept, (step) => values[step] ?? NaN) }]
  })
}

function metricOf(query: string): MetricExpression {
  const parsed = parseLogql(query)
  if (!parsed.ok) throw new LogqlFailure(parsed.error)
  if (parsed.value.kind === 'logs') {
    throw parseFailure(query, 0, query.length, 'the query gives log lines, not a metric', 'Count the lines: rate({...}[5m]) or count_over_time({...}[5m]).')
  }
  return parsed.value
}
