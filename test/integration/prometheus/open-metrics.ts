/** Writes series as OpenMetrics text, for promtool to load. */
import { formatSampleValue } from '../../../exercises/simulator/promql/index.ts'
import type { Labels } from '../../../exercises/simulator/promql/index.ts'

export interface MetricFamily {
  /** Without the suffix of its series. */
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** With `__name__`, suffix and all. */
  readonly series: readonly { readonly labels: Labels; readonly timesMs: readonly number[]; readonly values: readonly number[] }[]
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

export function writeOpenMetrics(families: readonly MetricFamily[]): string {
  const lines: string[] = []
  for (const { name, type, series } of families) {
    lines.push(`# TYPE ${name} ${type}`)
    for (const { labels, timesMs, values } of series) {
      const { __name__: metric = name, ...rest } = labels
      const shown = Object.entries(rest).map(([label, value]) => `${label}="${escape(value)}"`)
      timesMs.forEach((timeMs, index) => lines.push(`${metric}{${shown.join(',')}} ${formatSampleValue(values[index] ?? 0)} ${(timeMs / 1000).toFixed(3)}`))
    }
  }
  return `${lines.join('\n')}\n# EOF\n`
}
