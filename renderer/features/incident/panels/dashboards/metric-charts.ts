/** Charts of a part whose kind has none of its own: one for each metric that names it, by the metric's own name. */
import type { PartMetric } from '../../world/calls/metrics.ts'
import type { ChartSpec } from './dashboards.ts'

/** Says only that it is measured. */
const dull: ReadonlySet<string> = new Set(['up'])

/** Durations as a 95th percentile, counters as a rate, the rest as it is, each by the labels that tell its series apart. */
export function metricCharts(part: string, measured: readonly PartMetric[]): readonly ChartSpec[] {
  const histograms = new Set(measured.flatMap(({ metric }) => (metric.endsWith('_bucket') ? [metric.slice(0, -'_bucket'.length)] : [])))
  const isPartOfHistogram = (metric: string): boolean => histograms.has(metric.replace(/_(sum|count)$/, ''))
  return measured.flatMap(({ metric, label, others }): ChartSpec[] => {
    if (dull.has(metric) || isPartOfHistogram(metric)) return []
    const selector = `${metric}{${label}=${JSON.stringify(part)}}`
    const legend = others.length === 0 ? metric : others.map((name) => `{{${name}}}`).join(' ')
    const by = others.length === 0 ? '' : `by (${others.join(', ')}) `
    const base = { title: metric, needs: metric }
    if (metric.endsWith('_bucket')) {
      const query = `histogram_quantile(0.95, sum by (${['le', ...others].join(', ')}) (rate(${selector}[1m])))`
      return [{ ...base, title: `p95 of ${metric.slice(0, -'_bucket'.length)}`, unit: 'seconds', queries: [{ query, legend }] }]
    }
    if (/_(total|count|success|us)$/.test(metric)) return [{ ...base, unit: 'perSecond', queries: [{ query: `sum ${by}(rate(${selector}[1m]))`, legend }] }]
    return [{ ...base, unit: metric.endsWith('_seconds') ? 'seconds' : metric.endsWith('_bytes') ? 'bytes' : 'count', queries: [{ query: `sum ${by}(${selector})`, legend }] }]
  })
}
