/** The labels of `absent()`'s answer: those that the selector requires to have one value. */
import { unwrap } from './ast.ts'
import { emptyLabels, metricNameLabel, withLabel, withoutLabels } from './label-set.ts'
import type { Expr } from './ast.ts'
import type { LabelSet } from './label-set.ts'

/** A label that is required twice, or by another operator, is left out. */
export function absentLabels(expr: Expr): LabelSet {
  const inner = unwrap(expr)
  const selector = inner.kind === 'selector' ? inner : inner.kind === 'matrix' ? inner.selector : null
  if (!selector) return emptyLabels
  let labels = emptyLabels
  const seen = new Set<string>()
  for (const { name, op, value } of selector.matchers) {
    if (name === metricNameLabel) continue
    if (op === '=' && !seen.has(name)) {
      labels = withLabel(labels, name, value)
      seen.add(name)
    } else labels = withoutLabels(labels, [name])
  }
  return labels
}
