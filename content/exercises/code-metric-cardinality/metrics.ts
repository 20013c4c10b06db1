/** Metrics as Prometheus has them: each set of label values is a series of its own. A histogram has one series for each bucket, and two more. */
export type Labels = Readonly<Record<string, string>>

interface Series {
  labels: Labels
  value: number
  /** Of a histogram: how many values were at most this bound, in order of the bounds. */
  buckets: number[]
  count: number
}

abstract class Metric {
  readonly #series = new Map<string, Series>()
  constructor(readonly name: string, readonly labelNames: readonly string[], readonly bounds: readonly number[]) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no name of a metric.`)
    if (bounds.some((bound, index) => index > 0 && bound <= (bounds[index - 1] ?? 0))) throw new Error('Bounds must rise.')
  }

  /** Every combination of label values that has been used. */
  all(): readonly Series[] {
    return [...this.#series.values()]
  }

  protected of(labels: Labels): Series {
    let key = ''
    for (const name of this.labelNames) key += `${labels[name]}\n`
    const known = this.#series.get(key)
    if (known !== undefined) return known
    const names = Object.keys(labels).toSorted().join()
    if (names !== this.labelNames.toSorted().join()) throw new Error(`${this.name} has the labels ${this.labelNames.join(', ')}, not ${names}.`)
    const series = { labels, value: 0, buckets: this.bounds.map(() => 0), count: 0 }
    this.#series.set(key, series)
    return series
  }
}

export class Counter extends Metric {
  inc(labels: Labels, by = 1): void {
    this.of(labels).value += by
  }
}

export class Gauge extends Metric {
  inc(labels: Labels = {}): void {
    this.of(labels).value += 1
  }
  dec(labels: Labels = {}): void {
    this.of(labels).value -= 1
  }
}

export class Histogram extends Metric {
  observe(labels: Labels, value: number): void {
    const series = this.of(labels)
    series.value += value
    series.count += 1
    for (let index = this.bounds.length - 1; index >= 0 && value <= (this.bounds[index] ?? 0); index -= 1) series.buckets[index] = (series.buckets[index] ?? 0) + 1
  }
}

export class Registry {
  readonly #metrics = new Map<string, Metric>()

  counter(name: string, labelNames: readonly string[]): Counter {
    return this.#add(new Counter(name, labelNames, []))
  }
  gauge(name: string, labelNames: readonly string[] = []): Gauge {
    return this.#add(new Gauge(name, labelNames, []))
  }
  /** @param bounds upper bounds of the buckets; +Inf is added by itself */
  histogram(name: string, labelNames: readonly string[], bounds: readonly number[]): Histogram {
    return this.#add(new Histogram(name, labelNames, bounds))
  }
  get(name: string): Metric | undefined {
    return this.#metrics.get(name)
  }

  /** How many series a server that scrapes this would store: for a histogram, each bucket, +Inf, the sum and the count. */
  seriesCount(): number {
    let count = 0
    for (const metric of this.#metrics.values()) count += metric.all().length * (metric instanceof Histogram ? metric.bounds.length + 3 : 1)
    return count
  }

  #add<M extends Metric>(metric: M): M {
    if (this.#metrics.has(metric.name)) throw new Error(`There is a metric ${metric.name} already.`)
    this.#metrics.set(metric.name, metric)
    return metric
  }
}
