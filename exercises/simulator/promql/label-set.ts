/** Label sets inside the evaluator: sorted, without empty values, with a key that is equal exactly when the sets are. */
import { quote } from './string-literal.ts'
import type { Labels } from './source.ts'

export const metricNameLabel = '__name__'
export const bucketLabel = 'le'
/** Dropped by every function and operator that changes what a value means. */
const metadataLabels: readonly string[] = [metricNameLabel, '__type__', '__unit__']

export interface LabelSet {
  /** Sorted by code units. */
  readonly names: readonly string[]
  readonly values: readonly string[]
  readonly key: string
}

export const emptyLabels: LabelSet = { names: [], values: [], key: '' }

const separator = '\u0000'
const fromSource = new WeakMap<Labels, LabelSet>()

function build(names: readonly string[], values: readonly string[]): LabelSet {
  if (names.length === 0) return emptyLabels
  let key = ''
  for (let index = 0; index < names.length; index += 1) key += `${names[index]}${separator}${values[index]}${separator}`
  return { names, values, key }
}

/** From a store's labels. Remembered per object: a store that returns the same object saves the sorting. */
export function labelSetOf(labels: Labels): LabelSet {
  const known = fromSource.get(labels)
  if (known) return known
  const names = Object.keys(labels)
    .filter((name) => labels[name] !== '')
    .sort()
  const made = build(
    names,
    names.map((name) => labels[name] ?? ''),
  )
  fromSource.set(labels, made)
  return made
}

export function toLabels(set: LabelSet): Labels {
  const entries: [string, string][] = set.names.map((name, index) => [name, set.values[index] ?? ''])
  return Object.fromEntries(entries)
}

/** The value of a label, or '' where it is not set, as PromQL sees it. */
export function labelValue(set: LabelSet, name: string): string {
  const index = set.names.indexOf(name)
  return index < 0 ? '' : (set.values[index] ?? '')
}

function filter(set: LabelSet, keep: (name: string) => boolean): LabelSet {
  const names: string[] = []
  const values: string[] = []
  set.names.forEach((name, index) => {
    if (!keep(name)) return
    names.push(name)
    values.push(set.values[index] ?? '')
  })
  return names.length === set.names.length ? set : build(names, values)
}

export function withoutLabels(set: LabelSet, dropped: readonly string[]): LabelSet {
  return dropped.length === 0 ? set : filter(set, (name) => !dropped.includes(name))
}

export function onlyLabels(set: LabelSet, kept: readonly string[]): LabelSet {
  return filter(set, (name) => kept.includes(name))
}

/** Without the metric name and what describes it. */
export function withoutName(set: LabelSet): LabelSet {
  return withoutLabels(set, metadataLabels)
}

/** With one label set; an empty value removes it. */
export function withLabel(set: LabelSet, name: string, value: string): LabelSet {
  const rest = withoutLabels(set, [name])
  if (value === '') return rest
  const at = rest.names.findIndex((other) => other > name)
  const place = at < 0 ? rest.names.length : at
  return build(rest.names.toSpliced(place, 0, name), rest.values.toSpliced(place, 0, value))
}

/** The order in which Prometheus lists series. */
export function compareLabels(left: LabelSet, right: LabelSet): number {
  const shared = Math.min(left.names.length, right.names.length)
  for (let index = 0; index < shared; index += 1) {
    const byName = compareText(left.names[index] ?? '', right.names[index] ?? '')
    if (byName !== 0) return byName
    const byValue = compareText(left.values[index] ?? '', right.values[index] ?? '')
    if (byValue !== 0) return byValue
  }
  return left.names.length - right.names.length
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** `{__name__="up", job="api"}`, as Prometheus writes labels in errors. */
export function formatLabels(set: LabelSet): string {
  return `{${set.names.map((name, index) => `${/^[A-Za-z_]\w*$/.test(name) ? name : quote(name)}=${quote(set.values[index] ?? '')}`).join(', ')}}`
}
