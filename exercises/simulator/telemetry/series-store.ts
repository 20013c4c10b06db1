import type { Labels, Matcher, Samples, SeriesSource } from '../promql/source.ts'
import type { Fingerprint } from './fingerprint.ts'
import { LabelIndex } from './label-index.ts'
import { canonicalLabels, labelsKey } from './label-matching.ts'
import { SampleSeries, TimeColumn } from './sample-series.ts'

/** Series sampled by scrapes, and series written by rule evaluations: each group shares its times. */
export type SeriesGroup = 'scrapes' | 'rules'

/** Saved samples. Arrays are views: nothing writes below their length. */
export interface SeriesState {
  readonly columns: readonly { readonly base: number; readonly timesMs: Float64Array }[]
  readonly series: readonly { readonly first: number; readonly values: Float64Array; readonly stale: Uint8Array | null }[]
  readonly droppedSamples: number
}

/** The samples of all series, and the index to find them. */
export class SeriesStore implements SeriesSource {
  readonly series: SampleSeries[] = []
  /** Samples forgotten because of retention. */
  droppedSamples = 0
  private readonly samplesPerSeriesMax: number
  private readonly columns: Readonly<Record<SeriesGroup, TimeColumn>> = { scrapes: new TimeColumn(0), rules: new TimeColumn(1) }
  private index = new LabelIndex()

  /** @param samplesPerSeriesMax how many are kept; older ones go in one go when a quarter more has gathered */
  constructor(samplesPerSeriesMax: number) {
    this.samplesPerSeriesMax = samplesPerSeriesMax
  }

  /** A new series. */
  add(name: string, labels: Labels, group: SeriesGroup): SampleSeries {
    const all = canonicalLabels({ ...labels, __name__: name })
    const series = new SampleSeries(this.series.length, all, this.columns[group])
    this.series.push(series)
    this.index.add(all)
    return series
  }

  /** Opens the next time of a group, in milliseconds since the Unix epoch; must advance. */
  advance(group: SeriesGroup, timeMs: number): void {
    const column = this.columns[group]
    const { samplesPerSeriesMax } = this
    if (column.length >= samplesPerSeriesMax + (samplesPerSeriesMax >> 2)) {
      column.drop(column.length - samplesPerSeriesMax + 1)
      for (const series of this.series) if (series.column === column) this.droppedSamples += series.trim()
    }
    column.append(timeMs)
  }

  /** Forgets the series from number `count` on. */
  truncate(count: number): void {
    this.series.length = count
    this.index = new LabelIndex()
    for (const series of this.series) this.index.add(series.labels)
  }

  select(matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Samples[] {
    const found: Samples[] = []
    for (const id of this.index.select(matchers)) {
      const series = this.series[id]
      if (series === undefined || series.length === 0) continue
      if (series.timeMsAt(series.length - 1) <= fromMs || series.timeMsAt(0) > toMs) continue
      found.push(series.samples())
    }
    return found
  }

  labelNames(): readonly string[] {
    return this.index.names()
  }

  labelValues(name: string): readonly string[] {
    return this.index.values(name)
  }

  metricNames(): readonly string[] {
    return this.index.values('__name__')
  }

  /** Bytes held by samples; labels and objects are not counted. */
  bytes(): number {
    const times = this.columns.scrapes.timesMs.byteLength + this.columns.rules.timesMs.byteLength
    return this.series.reduce((sum, series) => sum + series.bytes(), times)
  }

  save(): SeriesState {
    return {
      columns: Object.values(this.columns).map((column) => ({ base: column.base, timesMs: column.timesMs.subarray(0, column.length) })),
      series: this.series.map(({ first, length, values, stale }) => ({ first, values: values.subarray(0, length), stale: stale?.subarray(0, length) ?? null })),
      droppedSamples: this.droppedSamples,
    }
  }

  /** Restores the samples of series that have been added already, in the same order. */
  load(state: SeriesState): void {
    Object.values(this.columns).forEach((column, at) => {
      const saved = state.columns[at]
      if (saved !== undefined) column.replace(saved.timesMs, saved.base, saved.timesMs.length)
    })
    state.series.forEach((saved, id) => this.series[id]?.restore(saved.first, saved.values, saved.stale))
    this.droppedSamples = state.droppedSamples
  }

  /** Adds every kept sample. */
  fingerprint(hash: Fingerprint): void {
    for (const column of Object.values(this.columns)) hash.numbers(column.timesMs, column.length)
    for (const series of this.series) {
      hash.text(labelsKey(series.labels))
      hash.number(series.first)
      hash.numbers(series.values, series.length)
      if (series.stale !== null) hash.bytes(series.stale, series.length)
    }
  }
}
