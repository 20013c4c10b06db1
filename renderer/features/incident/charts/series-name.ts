/** Names of series in a legend. */
import type { Labels } from '../../../../exercises/simulator/promql/index.ts'

/** Fills `{{label}}` in a template; without one, the labels as PromQL writes them. */
export function seriesName(labels: Labels, template: string | undefined): string {
  if (template !== undefined) return template.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => labels[name] ?? '')
  const { __name__: metric = '', ...rest } = labels
  const pairs = Object.entries(rest).map(([name, value]) => `${name}="${value}"`)
  if (pairs.length === 0) return metric === '' ? 'value' : metric
  return `${metric}{${pairs.join(', ')}}`
}
