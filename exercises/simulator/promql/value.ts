/**
 * What expressions give while a query runs: one value a step of the query, held as columns. An instant query is a query of
 * one step. Working on columns means that labels are compared once a series and not once a step.
 */
import { EvaluationFailure } from './query-error.ts'
import type { LabelSet } from './label-set.ts'

/** The times at which an expression is evaluated: startMs + index * stepMs. */
export interface Grid {
  readonly startMs: number
  readonly stepMs: number
  readonly count: number
}

export interface Column {
  readonly labels: LabelSet
  readonly values: Float64Array
  /** 1 where the series has a value: NaN is a value. */
  readonly present: Uint8Array
}

export interface ScalarValue {
  readonly type: 'scalar'
  readonly values: Float64Array
}
export interface VectorValue {
  readonly type: 'vector'
  readonly columns: readonly Column[]
}
export interface StringValue {
  readonly type: 'string'
  readonly text: string
}
export type Value = ScalarValue | VectorValue | StringValue

/** Samples that a range function reads, staleness markers taken out. */
export interface RangeSeries {
  readonly labels: LabelSet
  readonly timesMs: Float64Array
  readonly values: Float64Array
  readonly length: number
}

export function gridTimeMs(grid: Grid, index: number): number {
  return grid.startMs + index * grid.stepMs
}

export function gridEndMs(grid: Grid): number {
  return grid.startMs + (grid.count - 1) * grid.stepMs
}

export function newColumn(labels: LabelSet, count: number): Column {
  return { labels, values: new Float64Array(count), present: new Uint8Array(count) }
}

/** Many empty columns at once: one block of memory instead of two a column. */
export function newColumns(labels: readonly LabelSet[], count: number): Column[] {
  const values = new Float64Array(labels.length * count)
  const present = new Uint8Array(labels.length * count)
  return labels.map((own, index) => ({ labels: own, values: values.subarray(index * count, (index + 1) * count), present: present.subarray(index * count, (index + 1) * count) }))
}

export function scalarOf(grid: Grid, value: number): ScalarValue {
  return { type: 'scalar', values: new Float64Array(grid.count).fill(value) }
}

export function hasAny(present: Uint8Array): boolean {
  return present.includes(1)
}

/** The same values under other labels. */
export function relabelled(column: Column, labels: LabelSet): Column {
  return labels === column.labels ? column : { labels, values: column.values, present: column.present }
}

/**
 * Joins columns that have come to bear the same labels. They may be parts of one series as long as they have no value at the
 * same step. @throws EvaluationFailure where they have
 */
export function mergeSameLabels(columns: readonly Column[]): Column[] {
  const byKey = new Map<string, Column>()
  let joined: Set<string> | null = null
  for (const column of columns) {
    const known = byKey.get(column.labels.key)
    if (!known) {
      byKey.set(column.labels.key, column)
      continue
    }
    joined ??= new Set()
    const own = joined.has(column.labels.key) ? known : { labels: known.labels, values: known.values.slice(), present: known.present.slice() }
    joined.add(column.labels.key)
    for (let step = 0; step < column.present.length; step += 1) {
      if (column.present[step] !== 1) continue
      if (own.present[step] === 1) {
        throw new EvaluationFailure('vector cannot contain metrics with the same labelset', 'Two series become the same after their names or labels are dropped; select one of them, or aggregate.')
      }
      own.present[step] = 1
      own.values[step] = column.values[step] ?? 0
    }
    byKey.set(column.labels.key, own)
  }
  return byKey.size === columns.length ? [...columns] : [...byKey.values()]
}
