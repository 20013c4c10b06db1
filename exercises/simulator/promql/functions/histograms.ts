/** histogram_quantile and histogram_fraction over classic histograms: series that differ in `le` only. */
import { parseFloatText } from '../../query/number-text.ts'
import { bucketLabel, labelValue, metricNameLabel, withoutLabels } from '../label-set.ts'
import { gridTimeMs, newColumn } from '../value.ts'
import { withoutNames } from './range-function.ts'
import { bucketFraction, bucketQuantile } from '../histogram-quantile.ts'
import type { Annotations } from '../annotations.ts'
import type { Evaluation } from '../evaluation.ts'
import type { Buckets } from '../histogram-quantile.ts'
import type { LabelSet } from '../label-set.ts'
import type { Span } from '../position.ts'
import type { Column } from '../value.ts'

interface Histogram {
  readonly labels: LabelSet
  /** Ascending bounds. */
  readonly bounds: number[]
  readonly columns: Column[]
}

/** Series grouped by all labels but `le`; what has no bound is told and left out. */
function groupBuckets(columns: readonly Column[], annotations: Annotations, span: Span): Histogram[] {
  const groups = new Map<string, { labels: LabelSet; buckets: { bound: number; column: Column }[] }>()
  for (const column of columns) {
    const text = labelValue(column.labels, bucketLabel)
    const bound = parseFloatText(text)
    if (bound === null) {
      annotations.badBucketLabel(labelValue(column.labels, metricNameLabel), text, span)
      continue
    }
    const labels = withoutLabels(column.labels, [bucketLabel])
    const group = groups.get(labels.key)
    if (group) group.buckets.push({ bound, column })
    else groups.set(labels.key, { labels, buckets: [{ bound, column }] })
  }
  return [...groups.values()].map(({ labels, buckets }) => {
    buckets.sort((left, right) => left.bound - right.bound)
    return { labels, bounds: buckets.map(({ bound }) => bound), columns: buckets.map(({ column }) => column) }
  })
}

/** One result a histogram and step where it has any bucket. */
function perHistogram(context: Evaluation, columns: readonly Column[], span: Span, compute: (buckets: Buckets, step: number) => number): Column[] {
  const results = groupBuckets(columns, context.annotations, span).map(({ labels, bounds, columns: members }) => {
    const result = newColumn(labels, context.grid.count)
    const buckets: Buckets = { bounds: new Float64Array(bounds.length), counts: new Float64Array(bounds.length), length: 0 }
    for (let step = 0; step < context.grid.count; step += 1) {
      buckets.length = 0
      for (let index = 0; index < members.length; index += 1) {
        const member = members[index]
        if (member?.present[step] !== 1) continue
        buckets.bounds[buckets.length] = bounds[index] ?? 0
        buckets.counts[buckets.length] = member.values[step] ?? 0
        buckets.length += 1
      }
      if (buckets.length === 0) continue
      result.present[step] = 1
      result.values[step] = compute(buckets, step)
    }
    return result
  })
  return withoutNames(results)
}

/** @param span of the vector, for remarks */
export function histogramQuantile(context: Evaluation, quantiles: Float64Array, quantileSpan: Span, columns: readonly Column[], span: Span): Column[] {
  for (const quantile of quantiles) if (!(quantile >= 0 && quantile <= 1)) context.annotations.invalidQuantile(quantile, quantileSpan)
  return perHistogram(context, columns, span, (buckets, step) => {
    const { value, fix } = bucketQuantile(quantiles[step] ?? 0, buckets)
    if (fix) context.annotations.forcedMonotonicity(fix, gridTimeMs(context.grid, step), span)
    return value
  })
}

export function histogramFraction(context: Evaluation, lower: Float64Array, upper: Float64Array, columns: readonly Column[], span: Span): Column[] {
  return perHistogram(context, columns, span, (buckets, step) => bucketFraction(lower[step] ?? 0, upper[step] ?? 0, buckets))
}
