/** label_replace and label_join. */
import { labelValue, withLabel } from '../label-set.ts'
import { EvaluationFailure } from '../query-error.ts'
import { compileRegex } from '../regex/match.ts'
import { quote } from '../string-literal.ts'
import { mergeSameLabels, relabelled } from '../value.ts'
import type { LabelSet } from '../label-set.ts'
import type { Regex } from '../regex/match.ts'
import type { Column } from '../value.ts'

/** Any text of whole characters is a name since Prometheus 3. */
export function isLabelName(name: string): boolean {
  return name !== '' && name.isWellFormed()
}

function bare(text: string): string {
  return quote(text).slice(1, -1)
}

/** Puts groups into `$1`, `${1}`, `$name` and `$$`, as Go's Expand does: the longest name wins, unknown ones are empty. */
function expand(template: string, regex: Regex, groups: readonly string[]): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, plain: string | undefined, braced: string | undefined) => {
    if (whole === '$$') return '$'
    const name = plain ?? braced ?? ''
    const index = /^\d+$/.test(name) ? Number(name) : (regex.groupNames.get(name) ?? -1)
    return groups[index] ?? ''
  })
}

/** @throws EvaluationFailure for a bad expression or name, or where two series become one */
export function labelReplace(columns: readonly Column[], destination: string, replacement: string, source: string, pattern: string): Column[] {
  const compiled = compileRegex(pattern)
  if (!compiled.ok) throw new EvaluationFailure(`invalid regular expression in label_replace(): ${pattern}`, compiled.message)
  if (!isLabelName(destination)) throw new EvaluationFailure(`invalid destination label name in label_replace(): ${bare(destination)}`)
  const { regex } = compiled
  const renamed = columns.map((column) => {
    const groups = regex.exec(labelValue(column.labels, source))
    return groups ? relabelled(column, withLabel(column.labels, destination, expand(replacement, regex, groups))) : column
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
