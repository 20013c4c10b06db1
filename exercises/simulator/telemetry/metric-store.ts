import type { Labels } from '../promql/source.ts'
import { CellPages } from './cell-pages.ts'
import type { Fingerprint } from './fingerprint.ts'
import { ExemplarStore, type ExemplarState } from './exemplars.ts'
import { Counter, Gauge, Histogram, histogramCells, type Instrument } from './instruments.ts'
import { canonicalLabels, labelsKey } from './label-matching.ts'
import { MetricTarget, type InstrumentRegistry, type TargetState } from './metric-target.ts'
import { formatBound } from './bound-text.ts'
import type { SampleSeries } from './sample-series.ts'
import { checkRegistration, fullLabels, registrationKey, type Entry, type MetricFamily, type Registration } from './registration.ts'
import { SeriesStore, type SeriesGroup, type SeriesState } from './series-store.ts'
import type { TraceSampler } from './trace-ids.ts'

/** Saved metrics. */
export interface MetricState {
  readonly registrations: readonly Registration[]
  readonly targets: readonly { readonly labels: Labels; readonly state: TargetState; readonly startsUs: readonly number[] }[]
  readonly cells: Float64Array
  readonly samples: SeriesState
  readonly exemplars: ExemplarState
}

/** Settings of the metric store. */
export interface MetricStoreOptions {
  /** Milliseconds since the Unix epoch at simulation time 0. */
  readonly epochMs: number
  readonly samplesPerSeriesMax: number
  readonly exemplarsMax: number
  readonly sampler: TraceSampler
}

const noTarget = -1

/** Live instruments by target, and the samples that scrapes take of them. */
export class MetricStore implements InstrumentRegistry {
  /** Milliseconds since the Unix epoch at simulation time 0. */
  readonly epochMs: number
  readonly exemplars: ExemplarStore
  readonly samples: SeriesStore
  readonly targets: MetricTarget[] = []
  private readonly options: MetricStoreOptions
  private readonly cells = new CellPages()
  private readonly entries: Entry[] = []
  private entryByKey = new Map<string, Entry>()
  private familyByName = new Map<string, MetricFamily>()
  private targetByKey = new Map<string, MetricTarget>()

  constructor(options: MetricStoreOptions) {
    this.options = options
    this.epochMs = options.epochMs
    this.samples = new SeriesStore(options.samplesPerSeriesMax)
    this.exemplars = new ExemplarStore(options.exemplarsMax)
  }

  /** The target with these labels; made at the first call. A target that had gone starts anew. */
  target(labels: Labels, startUs: number): MetricTarget {
    const canonical = canonicalLabels(labels)
    const key = labelsKey(canonical)
    const known = this.targetByKey.get(key)
    if (known !== undefined) {
      if (known.state === 'gone') known.start(startUs)
      return known
    }
    const target = this.makeTarget(canonical, startUs)
    if (key !== '') target.up = this.bareSeries(target.id, 'up', 'Whether the last scrape of the target succeeded.', {}, 'scrapes')
    return target
  }

  counter(target: MetricTarget, name: string, help: string, labels: Labels): Counter {
    const instrument = this.instrument({ kind: 'counter', target: target.id, name, help, labels, bounds: null, group: 'scrapes' })
    if (!(instrument instanceof Counter)) throw new TypeError(`${name} is not a counter.`)
    return instrument
  }

  gauge(target: MetricTarget, name: string, help: string, labels: Labels): Gauge {
    const instrument = this.instrument({ kind: 'gauge', target: target.id, name, help, labels, bounds: null, group: 'scrapes' })
    if (!(instrument instanceof Gauge)) throw new TypeError(`${name} is not a gauge.`)
    return instrument
  }

  histogram(target: MetricTarget, name: string, help: string, labels: Labels, bounds: readonly number[]): Histogram {
    const instrument = this.instrument({ kind: 'histogram', target: target.id, name, help, labels, bounds: Float64Array.from(bounds), group: 'scrapes' })
    if (!(instrument instanceof Histogram)) throw new TypeError(`${name} is not a histogram.`)
    return instrument
  }

  /** A series of rule results: samples are appended by the caller after `beginRules`. */
  ruleSeries(name: string, help: string, labels: Labels): SampleSeries {
    return this.bareSeries(noTarget, name, help, labels, 'rules')
  }

  /** Opens a rule evaluation at a simulation time, which must advance; returns it in milliseconds since the Unix epoch. */
  beginRules(timeUs: number): number {
    const timeMs = this.timeMs(timeUs)
    this.samples.advance('rules', timeMs)
    return timeMs
  }

  /** Appends one sample per live series at a simulation time; must advance. @param failing jobs whose scrapes fail */
  scrape(timeUs: number, failing?: ReadonlySet<string>): void {
    const timeMs = this.timeMs(timeUs)
    this.samples.advance('scrapes', timeMs)
    for (const target of this.targets) target.scrape(timeMs, failing?.has(target.labels['job'] ?? '') === true)
  }

  /** All families, sorted by name. */
  families(): readonly MetricFamily[] {
    return [...this.familyByName.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
  }

  /** Each registered name and label set with its series, in order of registration. */
  *exposed(name: string): Generator<{ readonly labels: Labels; readonly series: readonly SampleSeries[]; readonly target: MetricTarget | null }> {
    for (const entry of this.entries) {
      const { registration } = entry
      if (registration.name !== name) continue
      const target = this.targets[registration.target] ?? null
      const series = this.samples.series.slice(entry.firstSeries, entry.firstSeries + entry.seriesCount)
      yield { labels: fullLabels(target, registration.labels), series, target }
    }
  }

  /** Bytes held by samples, live cells and exemplars; labels and objects are not counted. */
  bytes(): number {
    return this.cells.bytes() + this.exemplars.bytes() + this.samples.bytes()
  }

  /** The whole state; cheap, as samples are shared by view. */
  save(): MetricState {
    const cells = new Float64Array(this.entries.reduce((sum, entry) => sum + entry.cells, 0))
    let at = 0
    for (const entry of this.entries) {
      if (entry.page !== null) cells.set(entry.page.subarray(entry.at, entry.at + entry.cells), at)
      at += entry.cells
    }
    return {
      registrations: this.entries.map((entry) => entry.registration),
      targets: this.targets.map((target) => ({ labels: target.labels, state: target.state, startsUs: [...target.startsUs] })),
      cells,
      samples: this.samples.save(),
      exemplars: this.exemplars.save(),
    }
  }

  /**
   * Restores what `save` gave. Handles of what is registered in both stay good; handles of what was registered later
   * count into nothing, so ask for them again.
   */
  load(state: MetricState): void {
    this.keepCommonPrefix(state)
    state.targets.forEach((saved, id) => {
      const target = this.targets[id] ?? this.makeTarget(saved.labels, 0)
      target.state = saved.state
      target.startsUs = [...saved.startsUs]
    })
    for (const registration of state.registrations.slice(this.entries.length)) {
      const entry = this.makeEntry(registration)
      const target = this.targets[registration.target]
      if (registration.kind === 'series' && registration.name === 'up' && target !== undefined) target.up = this.samples.series[entry.firstSeries] ?? null
    }
    let at = 0
    for (const entry of this.entries) {
      entry.page?.set(state.cells.subarray(at, at + entry.cells), entry.at)
      at += entry.cells
    }
    this.samples.load(state.samples)
    this.exemplars.load(state.exemplars)
  }

  /** Adds live values, samples and exemplars. */
  fingerprint(hash: Fingerprint): void {
    for (const target of this.targets) hash.text(`${target.state} ${target.startsUs.join(' ')}`)
    for (const entry of this.entries) for (let at = 0; at < entry.cells; at += 1) hash.number(entry.page?.[entry.at + at] ?? 0)
    this.samples.fingerprint(hash)
    const { exemplars } = this
    hash.numbers(exemplars.timesMs, exemplars.length)
    hash.numbers(exemplars.values, exemplars.length)
    for (let at = 0; at < exemplars.length; at += 1) {
      hash.word(exemplars.series[at] ?? 0)
      hash.word(exemplars.hi[at] ?? 0)
      hash.word(exemplars.lo[at] ?? 0)
    }
  }

  private timeMs(timeUs: number): number {
    return this.epochMs + Math.round(timeUs / 1000)
  }

  private makeTarget(labels: Labels, startUs: number): MetricTarget {
    const target = new MetricTarget(this.targets.length, labels, startUs, this)
    this.targets.push(target)
    this.targetByKey.set(labelsKey(labels), target)
    return target
  }

  private bareSeries(target: number, name: string, help: string, labels: Labels, group: SeriesGroup): SampleSeries {
    const registration: Registration = { kind: 'series', target, name, help, labels: canonicalLabels(labels), bounds: null, group }
    const entry = this.entryByKey.get(registrationKey(registration)) ?? this.makeEntry(registration)
    const series = this.samples.series[entry.firstSeries]
    if (series === undefined) throw new TypeError(`${name} has no series.`)
    return series
  }

  private instrument(wanted: Registration): Instrument | null {
    const registration = { ...wanted, labels: canonicalLabels(wanted.labels) }
    const known = this.entryByKey.get(registrationKey(registration))
    return (known ?? this.makeEntry(registration)).instrument
  }

  private makeEntry(registration: Registration): Entry {
    const { kind, name, help, bounds } = registration
    checkRegistration(registration)
    const family = this.familyByName.get(name)
    if (family === undefined) this.familyByName.set(name, { name, kind, help })
    else if (family.kind !== kind) throw new TypeError(`${name} is a ${family.kind} already, it cannot be a ${kind} too.`)
    const target = this.targets[registration.target] ?? null
    const labels = fullLabels(target, registration.labels)
    const firstSeries = this.samples.series.length
    let instrument: Instrument | null = null
    let page: Float64Array | null = null
    let at = 0
    let cells = 0
    if (kind === 'series') this.samples.add(name, labels, registration.group)
    else {
      cells = bounds === null ? 1 : histogramCells(bounds.length)
      const run = this.cells.allocate(cells)
      page = run.page
      at = run.at
      if (kind === 'counter') instrument = new Counter(run, this.samples.add(name, labels, registration.group))
      else if (bounds === null) instrument = new Gauge(run, this.samples.add(name, labels, registration.group))
      else instrument = new Histogram(run, bounds, this.addHistogramSeries(name, labels, bounds, registration.group), this.options.sampler, this.exemplars)
      target?.instruments.push(instrument)
    }
    const entry: Entry = { registration, key: registrationKey(registration), instrument, page, at, cells, firstSeries, seriesCount: this.samples.series.length - firstSeries }
    this.entries.push(entry)
    this.entryByKey.set(entry.key, entry)
    return entry
  }

  private addHistogramSeries(name: string, labels: Labels, bounds: Float64Array, group: SeriesGroup): SampleSeries[] {
    const series = Array.from(bounds, (bound) => this.samples.add(`${name}_bucket`, { ...labels, le: formatBound(bound) }, group))
    series.push(this.samples.add(`${name}_bucket`, { ...labels, le: '+Inf' }, group))
    series.push(this.samples.add(`${name}_sum`, labels, group), this.samples.add(`${name}_count`, labels, group))
    return series
  }

  private keepCommonPrefix(state: MetricState): void {
    let targets = 0
    while (targets < this.targets.length && targets < state.targets.length && this.sameTarget(targets, state)) targets += 1
    let same = 0
    while (same < this.entries.length && same < state.registrations.length && this.sameRegistration(same, state, targets)) same += 1
    if (same === this.entries.length && targets === this.targets.length) return
    this.entries.length = same
    this.targets.length = targets
    this.samples.truncate(this.entries.reduce((count, entry) => count + entry.seriesCount, 0))
    this.entryByKey = new Map(this.entries.map((entry) => [entry.key, entry]))
    this.targetByKey = new Map(this.targets.map((target) => [labelsKey(target.labels), target]))
    this.familyByName = new Map()
    for (const { registration } of this.entries) {
      if (!this.familyByName.has(registration.name)) this.familyByName.set(registration.name, { name: registration.name, kind: registration.kind, help: registration.help })
    }
    for (const target of this.targets) target.instruments.length = 0
    for (const { registration, instrument } of this.entries) if (instrument !== null) this.targets[registration.target]?.instruments.push(instrument)
    this.cells.startPage()
  }

  private sameTarget(id: number, state: MetricState): boolean {
    return labelsKey(this.targets[id]?.labels ?? {}) === labelsKey(state.targets[id]?.labels ?? {})
  }

  private sameRegistration(at: number, state: MetricState, targets: number): boolean {
    const mine = this.entries[at]?.registration
    const theirs = state.registrations[at]
    if (mine === undefined || theirs === undefined || mine.target >= targets) return false
    return mine === theirs || (mine.kind === theirs.kind && registrationKey(mine) === registrationKey(theirs) && String(mine.bounds) === String(theirs.bounds))
  }
}
