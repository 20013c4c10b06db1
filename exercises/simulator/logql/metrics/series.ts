import { labelsKey } from '../pipeline/labels-builder.ts'
import type { Labels } from '../source.ts'

/** The moments that a metric query is evaluated at, in microseconds since the epoch. */
export interface Steps {
  readonly startUs: number
  readonly stepUs: number
  readonly count: number
}

/** One series over all steps. `present[i]` is 0 where the series has no value at step i. */
export interface StepSeries {
  readonly labels: Labels
  readonly key: string
  readonly values: Float64Array
  readonly present: Uint8Array
}

/** What a metric expression evaluates to. A scalar has the same value at every step. */
export type SeriesOrScalar = { readonly kind: 'scalar'; readonly value: number } | { readonly kind: 'series'; readonly series: StepSeries[] }

export function newSeries(labels: Labels, steps: Steps): StepSeries {
  return { labels, key: keyOf(labels), values: new Float64Array(steps.count), present: new Uint8Array(steps.count) }
}

/** Equal exactly when the labels are. */
export function keyOf(labels: Labels): string {
  const names = Object.keys(labels).sort()
  return labelsKey(names, names.map((name) => labels[name] ?? ''))
}

/** Labels in the order of their names, those for which `keep` holds. */
export function pickLabels(labels: Labels, keep: (name: string) => boolean): Labels {
  const picked: Record<string, string> = {}
  for (const name of Object.keys(labels).sort()) {
    const value = labels[name]
    if (value !== undefined && value !== '' && keep(name)) picked[name] = value
  }
  return picked
}

/** The order of series in results: by labels. */
export function compareSeries(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}
