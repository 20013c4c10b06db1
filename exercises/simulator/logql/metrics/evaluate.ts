import type { Budget } from '../options.ts'
import { compileRegex, expandTemplate } from '../../regex/index.ts'
import type { Labels, LogSource } from '../source.ts'
import type { Grouping, LabelReplace, MetricExpression, RangeAggregation, RangeFunction } from '../syntax.ts'
import { queryFailure } from '../errors.ts'
import { aggregate } from './aggregate.ts'
import { applyBinary } from './binary.ts'
import { applyRangeFunction } from './range-function.ts'
import { readSamples } from './range-samples.ts'
import { keyOf, newSeries, pickLabels, type SeriesOrScalar, type Steps, type StepSeries } from './series.ts'

/** Functions of which a sum over groups is the function over the grouped lines. */
const SUMMABLE: readonly RangeFunction[] = ['count_over_time', 'rate', 'bytes_rate', 'bytes_over_time', 'sum_over_time']

/** Evaluates a metric expression at every step. */
export function evaluateMetric(source: LogSource, expression: MetricExpression, steps: Steps, budget: Budget): SeriesOrScalar {
  switch (expression.kind) {
    case 'scalar': return expression
    case 'vector': {
      const series = newSeries({}, steps)
      series.values.fill(expression.value)
      series.present.fill(1)
      return { kind: 'series', series: [series] }
    }
    case 'range': return { kind: 'series', series: evaluateRange(source, expression, null, steps, budget) }
    case 'aggregation': {
      const { inner } = expression
      const grouping = expression.grouping ?? { without: false, labels: [] }
      if (expression.operation === 'sum' && inner.kind === 'range' && SUMMABLE.includes(inner.operation)) {
        return { kind: 'series', series: aggregate(expression, evaluateRange(source, inner, grouping, steps, budget), steps) }
      }
      const value = evaluateMetric(source, inner, steps, budget)
      if (value.kind === 'scalar') {
        throw queryFailure(`${expression.operation} works on series, not on a number`, 'Use vector(1) for a constant series.', { query: budget.query, start: expression.start, end: expression.end })
      }
      return { kind: 'series', series: aggregate(expression, value.series, steps) }
    }
    case 'binary': {
      const left = evaluateMetric(source, expression.left, steps, budget)
      return applyBinary(expression, left, evaluateMetric(source, expression.right, steps, budget), steps, budget.query)
    }
    case 'label-replace': {
      const value = evaluateMetric(source, expression.inner, steps, budget)
      return value.kind === 'scalar' ? value : { kind: 'series', series: labelReplace(expression, value.series, budget.query) }
    }
  }
}

function evaluateRange(source: LogSource, range: RangeAggregation, outerGrouping: Grouping | null, steps: Steps, budget: Budget): StepSeries[] {
  const lastUs = steps.startUs + (steps.count - 1) * steps.stepUs - range.offsetUs
  const fromUs = Math.floor(steps.startUs - range.offsetUs - range.rangeUs) + 1
  const samples = readSamples(source, range, outerGrouping, fromUs, Math.floor(lastUs) + 1, budget)
  const series = samples.map((one) => {
    const out = newSeries(one.labels, steps)
    applyRangeFunction(range, one, steps, out)
    return out
  })
  return range.operation === 'absent_over_time' ? [absent(range, series, steps)] : series
}

/** 1 where no series has a sample, with the labels that the selector fixes. */
function absent(range: RangeAggregation, series: readonly StepSeries[], steps: Steps): StepSeries {
  const labels: Record<string, string> = {}
  for (const { name, op, value } of range.logs.matchers) if (op === '=') labels[name] = value
  const out = newSeries(pickLabels(labels, () => true), steps)
  for (let step = 0; step < steps.count; step += 1) {
    if (series.some(({ present }) => present[step] === 1)) continue
    out.present[step] = 1
    out.values[step] = 1
  }
  return out
}

function labelReplace(expression: LabelReplace, series: readonly StepSeries[], query: string): StepSeries[] {
  const regex = compileRegex(expression.pattern, { dotAll: true })
  const seen = new Set<string>()
  return series.map((one) => {
    const from = one.labels[expression.source] ?? ''
    const slots = regex.findWhole(from)
    let labels: Labels = one.labels
    if (slots !== null) {
      const value = expandTemplate(regex, expression.replacement, from, slots)
      labels = pickLabels({ ...one.labels, [expression.destination]: value }, () => true)
    }
    const key = keyOf(labels)
    if (seen.has(key)) {
      throw queryFailure('vector cannot contain metrics with the same labelset', 'Two series have the same labels after label_replace: aggregate them first, or keep more labels apart.', { query, start: expression.start, end: expression.end })
    }
    seen.add(key)
    return { ...one, labels, key }
  })
}
