/** count_values: how many series of a group have which value. */
import { spendCells } from './evaluation.ts'
import { formatSampleValue } from '../query/number-text.ts'
import { isLabelName } from './functions/relabel.ts'
import { withLabel } from './label-set.ts'
import { EvaluationFailure } from './query-error.ts'
import { quote } from './string-literal.ts'
import { newColumn } from './value.ts'
import type { Group } from './aggregate.ts'
import type { Evaluation } from './evaluation.ts'
import type { Column } from './value.ts'

/** @param label receives the value. @throws EvaluationFailure where it is no label name */
export function countValues(context: Evaluation, groups: readonly Group[], label: string): Column[] {
  if (!isLabelName(label)) throw new EvaluationFailure(`invalid label name ${quote(label)}`)
  const counts = new Map<string, Column>()
  for (const { labels, members } of groups) {
    const byValue = new Map<number, Column>()
    for (const { values, present } of members) {
      for (let step = 0; step < present.length; step += 1) {
        if (present[step] !== 1) continue
        const value = values[step] ?? 0
        let column = byValue.get(value)
        if (!column) {
          // Groups may fall together when the label replaces one of theirs.
          const named = withLabel(labels, label, formatSampleValue(value))
          column = counts.get(named.key)
          if (!column) {
            spendCells(context, 1)
            column = newColumn(named, context.grid.count)
            counts.set(named.key, column)
          }
          byValue.set(value, column)
        }
        column.present[step] = 1
        column.values[step] = (column.values[step] ?? 0) + 1
      }
    }
  }
  return [...counts.values()]
}
