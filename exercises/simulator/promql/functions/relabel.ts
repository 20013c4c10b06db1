/** label_replace and label_join. */
import { labelValue, withLabel } from '../label-set.ts'
import { EvaluationFailure } from '../query-error.ts'
import { expandTemplate } from '../../regex/index.ts'
import { compileMatcherPattern, matcherPatternProblem } from '../../query/matcher.ts'
import { quote } from '../string-literal.ts'
import { mergeSameLabels, relabelled } from '../value.ts'
import type { LabelSet } from '../label-set.ts'
import type { Column } from '../value.ts'

/** Any text of whole characters is a name since Prometheus 3. */
export function isLabelName(name: string): boolean {
  return name !== '' && name.isWellFormed()
}

function bare(text: string): string {
  return quote(text).slice(1, -1)
}

/** @throws EvaluationFailure for a bad expression or name, or where two series become one */
export function labelReplace(columns: readonly Column[], destination: string, replacement: string, source: string, pattern: string): Column[] {
  const problem = matcherPatternProblem(pattern)
  if (problem !== null) throw new EvaluationFailure(`invalid regular expression in label_replace(): ${pattern}`, problem.message)
  if (!isLabelName(destination)) throw new EvaluationFailure(`invalid destination label name in label_replace(): ${bare(destination)}`)
  const regex = compileMatcherPattern(pattern)
  const renamed = columns.map((column) => {
    const text = labelValue(column.labels, source)
    const slots = regex.findWhole(text)
    return slots === null ? column : relabelled(column, withLabel(column.labels, destination, expandTemplate(regex, replacement, text, slots)))
  })
  return mergeSameLabels(renamed)
}

/** @throws EvaluationFailure for a bad name, or where two series become one */
export function labelJoin(columns: readonly Column[], destination: string, separator: string, sources: readonly string[]): Column[] {
  const bad = sources.find((name) => !isLabelName(name))
  if (bad !== undefined) throw new EvaluationFailure(`invalid source label name in label_join(): ${bare(bad)}`)
  if (!isLabelName(destination)) throw new EvaluationFailure(`invalid destination label name in label_join(): ${bare(destination)}`)
  const joined = (labels: LabelSet): string => sources.map((name) => labelValue(labels, name)).join(separator)
  return mergeSameLabels(columns.map((column) => relabelled(column, withLabel(column.labels, destination, joined(column.labels)))))
}
