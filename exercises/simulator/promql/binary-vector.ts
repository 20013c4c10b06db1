/** Operators between series: which series belong together is found once, values are then compared step by step. */
import { spendCells } from './evaluation.ts'
import { compareLabels, formatLabels, labelValue, metricNameLabel, onlyLabels, withLabel, withoutLabels, withoutName } from './label-set.ts'
import { EvaluationFailure } from './query-error.ts'
import { hasAny, mergeSameLabels, newColumn } from './value.ts'
import type { SetOperator, VectorMatching } from './ast.ts'
import type { PairOperator } from './binary.ts'
import type { Evaluation } from './evaluation.ts'
import type { LabelSet } from './label-set.ts'
import type { Column } from './value.ts'

/** The labels by which a series matches. */
function matchLabels(labels: LabelSet, { on, labels: names }: VectorMatching): LabelSet {
  return on ? onlyLabels(labels, names) : withoutLabels(labels, [metricNameLabel, ...names])
}

function byMatch(columns: readonly Column[], matching: VectorMatching): Map<string, Column[]> {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const { key } = matchLabels(column.labels, matching)
    const group = groups.get(key)
    if (group) group.push(column)
    else groups.set(key, [column])
  }
  return groups
}

/** 1 at the steps where any column has a value. */
function union(columns: readonly Column[], count: number): Uint8Array {
  const present = new Uint8Array(count)
  for (const column of columns) for (let step = 0; step < count; step += 1) present[step] = (present[step] ?? 0) | (column.present[step] ?? 0)
  return present
}

/** and, or, unless. */
export function matchSets(context: Evaluation, op: SetOperator, matching: VectorMatching, left: readonly Column[], right: readonly Column[]): Column[] {
  const { count } = context.grid
  const [kept, tested] = op === 'or' ? [right, left] : [left, right]
  const groups = byMatch(tested, matching)
  const masks = new Map<string, Uint8Array>()
  for (const [key, columns] of groups) masks.set(key, union(columns, count))
  spendCells(context, kept.length)
  const wanted = op === 'and' ? 1 : 0
  const results = kept.flatMap((column): Column[] => {
    const mask = masks.get(matchLabels(column.labels, matching).key)
    if (!mask) return op === 'and' ? [] : [column]
    const present = column.present.map((there, step) => (there === 1 && mask[step] === wanted ? 1 : 0))
    return hasAny(present) ? [{ labels: column.labels, values: column.values, present }] : []
  })
  return op === 'or' ? mergeSameLabels([...left, ...results]) : results
}

/** Arithmetic and comparisons. @throws EvaluationFailure where a side that must be unique is not */
export function matchVectors(context: Evaluation, operator: PairOperator, matching: VectorMatching, left: readonly Column[], right: readonly Column[]): Column[] {
  const { count } = context.grid
  const flipped = matching.group === 'right'
  const [many, one] = flipped ? [right, left] : [left, right]
  // A step at which a side is empty has no result and no error.
  const bothSides = union(many, count)
  const oneSide = union(one, count)
  for (let step = 0; step < count; step += 1) bothSides[step] = (bothSides[step] ?? 0) & (oneSide[step] ?? 0)

  const oneGroups = new Map<string, Column>()
  for (const [key, columns] of byMatch(one, matching)) oneGroups.set(key, uniqueSide(columns, bothSides, matching, flipped ? 'left' : 'right'))
  spendCells(context, many.length)
  const results: Column[] = []
  for (const [key, columns] of byMatch(many, matching)) {
    const partner = oneGroups.get(key)
    if (!partner) continue
    checkMatches(columns, partner, matching, operator)
    for (const column of columns) results.push(...combine(column, partner, one, matching, operator, flipped))
  }
  return mergeSameLabels(results)
}

/** Several series that take turns in being the one partner of a group, as one column with an index of who speaks. */
function uniqueSide(columns: readonly Column[], relevant: Uint8Array, matching: VectorMatching, side: 'left' | 'right'): Column {
  const [first] = columns
  if (first && columns.length === 1) return first
  const joined = newColumn(first ? matchLabels(first.labels, matching) : { names: [], values: [], key: '' }, relevant.length)
  const speaker: (Column | null)[] = Array.from(relevant, () => null)
  for (const column of columns) {
    for (let step = 0; step < relevant.length; step += 1) {
      if (column.present[step] !== 1 || relevant[step] !== 1) continue
      const other = speaker[step]
      if (other) {
        const pair = [other.labels, column.labels].sort(compareLabels).map(formatLabels)
        throw new EvaluationFailure(
          `found duplicate series for the match group ${formatLabels(joined.labels)} on the ${side} hand-side of the operation: [${pair.join(', ')}];` +
            'many-to-many matching not allowed: matching labels must be unique on one side',
          'Match on more labels, or aggregate that side to one series a group.',
        )
      }
      speaker[step] = column
      joined.present[step] = 1
      joined.values[step] = column.values[step] ?? 0
    }
  }
  speakers.set(joined, speaker)
  return joined
}

/** Who speaks at each step of a joined column: group_left takes labels from there. */
const speakers = new WeakMap<Column, readonly (Column | null)[]>()

function checkMatches(columns: readonly Column[], partner: Column, matching: VectorMatching, operator: PairOperator): void {
  if (columns.length < 2) return
  const message = matching.group === null ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)' : 'multiple matches for labels: grouping labels must ensure unique matches'
  const suggestion = matching.group === null ? 'Add group_left or group_right towards the side with more series, or aggregate it.' : 'Keep more labels, so that results differ.'
  const taken = new Map<string, Uint8Array>()
  for (const column of columns) {
    const key = matching.group === null ? '' : resultLabels(column.labels, partner.labels, matching, operator).key
    const mask = taken.get(key) ?? new Uint8Array(partner.present.length)
    taken.set(key, mask)
    for (let step = 0; step < mask.length; step += 1) {
      if (column.present[step] !== 1 || partner.present[step] !== 1) continue
      if (mask[step] === 1) throw new EvaluationFailure(message, suggestion)
      mask[step] = 1
    }
  }
}

function combine(column: Column, partner: Column, one: readonly Column[], matching: VectorMatching, operator: PairOperator, flipped: boolean): Column[] {
  const speaking = speakers.get(partner)
  if (!speaking || matching.include.length === 0) {
    const labels = resultLabels(column.labels, partner.labels, matching, operator)
    const result = newColumn(labels, column.present.length)
    fill(result, column, partner, operator, flipped, null)
    return hasAny(result.present) ? [result] : []
  }
  // Labels are taken from whoever speaks, so that each speaker gives a series of its own.
  return one.flatMap((source) => {
    if (!speaking.includes(source)) return []
    const result = newColumn(resultLabels(column.labels, source.labels, matching, operator), column.present.length)
    fill(
      result,
      column,
      partner,
      operator,
      flipped,
      speaking.map((speaker) => speaker === source),
    )
    return hasAny(result.present) ? [result] : []
  })
}

function fill(result: Column, column: Column, partner: Column, { value, keeps }: PairOperator, flipped: boolean, only: readonly boolean[] | null): void {
  for (let step = 0; step < result.present.length; step += 1) {
    if (column.present[step] !== 1 || partner.present[step] !== 1 || (only !== null && only[step] !== true)) continue
    const own = column.values[step] ?? 0
    const other = partner.values[step] ?? 0
    const left = flipped ? other : own
    const right = flipped ? own : other
    if (!keeps(left, right)) continue
    result.present[step] = 1
    result.values[step] = value(left, right)
  }
}

/** Labels of the many side, those asked for from the one side. */
function resultLabels(many: LabelSet, one: LabelSet, matching: VectorMatching, operator: PairOperator): LabelSet {
  let labels = operator.dropsName ? withoutName(many) : many
  if (matching.group === null) labels = matching.on ? onlyLabels(labels, matching.labels) : withoutLabels(labels, matching.labels)
  for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name))
  return labels
}
