import type { Labels } from '../promql/source.ts'
import type { Instrument } from './instruments.ts'
import { canonicalLabels, labelsKey } from './label-matching.ts'
import type { MetricTarget } from './metric-target.ts'
import type { SeriesGroup } from './series-store.ts'

/** What kind of series a name has. `series` is written directly, as ALERTS and `up` are. */
export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'series'

/** A name with what it means, and all series under it. */
export interface MetricFamily {
  readonly name: string
  readonly kind: MetricKind
  readonly help: string
}

/** Everything needed to make an instrument or a bare series again; immutable. */
export interface Registration {
  readonly kind: MetricKind
  readonly target: number
  readonly name: string
  readonly help: string
  /** Own labels, without those of the target and without `__name__`. */
  readonly labels: Labels
  readonly bounds: Float64Array | null
  readonly group: SeriesGroup
}

/** An entry of the registry: what was registered and what came of it. */
export interface Entry {
  readonly registration: Registration
  readonly key: string
  readonly instrument: Instrument | null
  readonly page: Float64Array | null
  readonly at: number
  readonly cells: number
  readonly firstSeries: number
  readonly seriesCount: number
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** A string that equal registrations share. Labels must be canonical. */
export function registrationKey(registration: Registration): string {
  return `${registration.target}\u0003${registration.name}\u0003${labelsKey(registration.labels)}`
}

/**
 * Refuses names and bounds that Prometheus would refuse.
 * @throws RangeError; that is a bug of the caller
 */
export function checkRegistration(registration: Registration): void {
  const { name, labels, bounds } = registration
  if (!metricName.test(name)) throw new RangeError(`"${name}" is not a metric name.`)
  for (const label of Object.keys(labels)) if (!labelName.test(label) || label.startsWith('__')) throw new RangeError(`"${label}" of ${name} is not a label name.`)
  if (bounds !== null && !bounds.every((bound, at) => Number.isFinite(bound) && (at === 0 || bound > (bounds[at - 1] ?? Infinity)))) {
    throw new RangeError(`The bounds of ${name} must be finite and ascend.`)
  }
}

/** The labels of a target with those of an instrument, which win. */
export function fullLabels(target: MetricTarget | null, labels: Labels): Labels {
  return target === null ? labels : canonicalLabels({ ...target.labels, ...labels })
}
