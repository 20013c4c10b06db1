import type { CellRun } from './cell-pages.ts'
import type { ExemplarStore } from './exemplars.ts'
import type { SampleSeries } from './sample-series.ts'
import type { TraceSampler } from './trace-ids.ts'

/** What a scrape does with any instrument. */
export interface Instrument {
  /** Series of the instrument, in the order of exposition. */
  readonly series: readonly SampleSeries[]
  /** Appends the present values at the newest time of the series' column. */
  scrape(timeMs: number): void
  /** Back to zero, as when a process starts. */
  reset(): void
}

/** An instrument of one number. */
class OneCell implements Instrument {
  readonly series: readonly SampleSeries[]
  protected readonly page: Float64Array
  protected readonly at: number
  private readonly only: SampleSeries

  constructor(run: CellRun, series: SampleSeries) {
    this.page = run.page
    this.at = run.at
    this.only = series
    this.series = [series]
  }

  /** The present value. */
  get value(): number {
    return this.page[this.at] ?? 0
  }

  scrape(): void {
    this.only.append(this.page[this.at] as number)
  }

  reset(): void {
    this.page[this.at] = 0
  }
}

/** A number that only grows, until its process restarts. */
export class Counter extends OneCell {
  /** Adds `amount`, which must not be negative. */
  add(amount: number): void {
    // Typed arrays read inside their length are never undefined; the cast costs nothing at run time.
    this.page[this.at] = (this.page[this.at] as number) + amount
  }
}

/** A number that goes up and down. */
export class Gauge extends OneCell {
  /** Replaces the value. */
  set(value: number): void {
    this.page[this.at] = value
  }

  /** Adds `amount`, which may be negative. */
  add(amount: number): void {
    this.page[this.at] = (this.page[this.at] as number) + amount
  }
}

/** Cells a histogram needs: each bucket and the sum, then value and trace words of each bucket's exemplar. */
export function histogramCells(bounds: number): number {
  return (bounds + 1) * 4 + 1
}

/**
 * A classic histogram: counts per bucket, sum and count.
 * Series in order: one `_bucket` for each bound, the one for +Inf, `_sum`, `_count`.
 */
export class Histogram implements Instrument {
  readonly series: readonly SampleSeries[]
  readonly bounds: Float64Array
  private readonly page: Float64Array
  private readonly at: number
  private readonly buckets: number
  private readonly sampler: TraceSampler
  private readonly exemplars: ExemplarStore

  constructor(run: CellRun, bounds: Float64Array, series: readonly SampleSeries[], sampler: TraceSampler, exemplars: ExemplarStore) {
    this.page = run.page
    this.at = run.at
    this.bounds = bounds
    this.buckets = bounds.length + 1
    this.series = series
    this.sampler = sampler
    this.exemplars = exemplars
  }

  /** Counts one observation, in the unit of the bounds (seconds for durations). */
  observe(value: number): void {
    const { page } = this
    const cell = this.at + this.bucketOf(value)
    page[cell] = (page[cell] as number) + 1
    const sum = this.at + this.buckets
    page[sum] = (page[sum] as number) + value
  }

  /** Like `observe`, and remembers the trace as the bucket's newest exemplar when the trace is one that is kept. */
  observeTraced(value: number, traceHi: number, traceLo: number): void {
    const { page, buckets } = this
    const bucket = this.bucketOf(value)
    const cell = this.at + bucket
    page[cell] = (page[cell] as number) + 1
    const sum = this.at + buckets
    page[sum] = (page[sum] as number) + value
    if (!this.sampler.isSampled(traceHi, traceLo)) return
    const exemplar = sum + 1 + bucket * 3
    page[exemplar] = value
    page[exemplar + 1] = traceHi
    page[exemplar + 2] = traceLo
  }

  /** Number of observations so far. */
  get count(): number {
    let count = 0
    for (let bucket = 0; bucket < this.buckets; bucket += 1) count += this.page[this.at + bucket] ?? 0
    return count
  }

  /** Sum of the observations so far. */
  get sum(): number {
    return this.page[this.at + this.buckets] ?? 0
  }

  scrape(timeMs: number): void {
    const { page, at, buckets, series } = this
    let cumulative = 0
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      cumulative += page[at + bucket] as number
      series[bucket]?.append(cumulative)
    }
    series[buckets]?.append(page[at + buckets] as number)
    series[buckets + 1]?.append(cumulative)
    this.scrapeExemplars(timeMs)
  }

  reset(): void {
    this.page.fill(0, this.at, this.at + histogramCells(this.bounds.length))
  }

  private scrapeExemplars(timeMs: number): void {
    const { page, buckets, series } = this
    const from = this.at + buckets + 1
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const cell = from + bucket * 3
      const hi = page[cell + 1] as number
      const lo = page[cell + 2] as number
      const bucketSeries = series[bucket]
      if ((hi === 0 && lo === 0) || bucketSeries === undefined) continue
      this.exemplars.append(bucketSeries.id, timeMs, page[cell] as number, hi, lo)
      page[cell + 1] = 0
      page[cell + 2] = 0
    }
  }

  private bucketOf(value: number): number {
    const { bounds } = this
    const { length } = bounds
    let bucket = 0
    while (bucket < length && value > (bounds[bucket] as number)) bucket += 1
    return bucket
  }
}
