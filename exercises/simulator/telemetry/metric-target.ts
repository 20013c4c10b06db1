import type { Labels } from '../promql/source.ts'
import type { Counter, Gauge, Histogram, Instrument } from './instruments.ts'
import type { SampleSeries } from './sample-series.ts'

/** Registers instruments; names follow Prometheus: units in the name, `_total` at the end of counters. */
export interface InstrumentFactory {
  /** The counter with this name and labels; made at the first call, the same one ever after. */
  counter(name: string, help: string, labels: Labels): Counter
  /** The gauge with this name and labels. */
  gauge(name: string, help: string, labels: Labels): Gauge
  /** The histogram with this name and labels; bounds ascend, in the unit of the name, without +Inf. */
  histogram(name: string, help: string, labels: Labels, bounds: readonly number[]): Histogram
}

/** Makes and finds instruments for a target; the store implements it. */
export interface InstrumentRegistry {
  counter(target: MetricTarget, name: string, help: string, labels: Labels): Counter
  gauge(target: MetricTarget, name: string, help: string, labels: Labels): Gauge
  histogram(target: MetricTarget, name: string, help: string, labels: Labels, bounds: readonly number[]): Histogram
}

/** up: scraped. down: known, but the scrape fails. gone: no longer known. */
export type TargetState = 'up' | 'down' | 'gone'

/** Something that is scraped on its own: a pod, a node, a database. Its labels are added to all its series. */
export class MetricTarget implements InstrumentFactory {
  readonly id: number
  readonly labels: Labels
  readonly instruments: Instrument[] = []
  /** The target's `up` series; null for the targetless instruments of the recorder itself. */
  up: SampleSeries | null = null
  state: TargetState = 'up'
  /** Simulation times at which the process began, ascending. */
  startsUs: number[]
  private readonly registry: InstrumentRegistry

  constructor(id: number, labels: Labels, startUs: number, registry: InstrumentRegistry) {
    this.id = id
    this.labels = labels
    this.startsUs = [startUs]
    this.registry = registry
  }

  counter(name: string, help: string, labels: Labels): Counter {
    return this.registry.counter(this, name, help, labels)
  }

  gauge(name: string, help: string, labels: Labels): Gauge {
    return this.registry.gauge(this, name, help, labels)
  }

  histogram(name: string, help: string, labels: Labels, bounds: readonly number[]): Histogram {
    return this.registry.histogram(this, name, help, labels, bounds)
  }

  /** The process is dead: scrapes fail, `up` is 0, its series end with stale markers. */
  stop(): void {
    if (this.state === 'up') this.state = 'down'
  }

  /** A new process: counters, gauges and histograms begin at zero. Also used for a restart without a stop. */
  start(timeUs: number): void {
    this.state = 'up'
    this.startsUs.push(timeUs)
    for (const instrument of this.instruments) instrument.reset()
  }

  /** The target is no longer discovered (scaled in, replaced): its series and `up` end with stale markers. */
  remove(): void {
    this.state = 'gone'
  }

  /** One scrape of this target at the newest time of the scrape column. @param fails though the process may be well */
  scrape(timeMs: number, fails = false): void {
    if (this.state === 'up' && !fails) {
      for (const instrument of this.instruments) instrument.scrape(timeMs)
      this.up?.append(1)
      return
    }
    for (const instrument of this.instruments) for (const series of instrument.series) series.markStale()
    if (this.state === 'gone') this.up?.markStale()
    else this.up?.append(0)
  }
}
