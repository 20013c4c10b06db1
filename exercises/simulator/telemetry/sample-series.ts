import type { Labels, Samples } from '../promql/source.ts'

const firstCapacity = 64

/** The next capacity when `needed` no longer fits: doubling keeps appends cheap on average. */
function grownCapacity(current: number, needed: number): number {
  return Math.max(firstCapacity, current * 2, needed)
}

/**
 * Times shared by all series that are sampled together.
 * Arrays are only ever appended to; dropping old samples makes new arrays. So a snapshot may keep a view of the
 * filled part instead of a copy.
 */
export class TimeColumn {
  /** Index of the column in its store. */
  readonly id: number
  /** Absolute position of the oldest kept time. */
  base = 0
  /** Number of kept times. */
  length = 0
  timesMs: Float64Array = new Float64Array(0)
  private readonly views = new Map<number, Float64Array>()

  constructor(id: number) {
    this.id = id
  }

  /** Absolute position after the newest time. */
  get end(): number {
    return this.base + this.length
  }

  /**
   * Adds a time in milliseconds.
   * @throws RangeError when time does not advance; that is a bug of the caller
   */
  append(timeMs: number): void {
    const last = this.length === 0 ? -Infinity : (this.timesMs[this.length - 1] ?? -Infinity)
    if (!(timeMs > last)) throw new RangeError(`Samples must advance in time: ${timeMs} ms comes after ${last} ms.`)
    if (this.length === this.timesMs.length) {
      const grown = new Float64Array(grownCapacity(this.timesMs.length, this.length + 1))
      grown.set(this.timesMs)
      this.replace(grown, this.base, this.length)
    }
    this.timesMs[this.length] = timeMs
    this.length += 1
  }

  /** Forgets the `count` oldest times. The series of the column must then be trimmed too. */
  drop(count: number): void {
    this.replace(this.timesMs.slice(count, this.length), this.base + count, this.length - count)
  }

  /** Sets the whole content, as after a snapshot. */
  replace(timesMs: Float64Array, base: number, length: number): void {
    this.timesMs = timesMs
    this.base = base
    this.length = length
    this.views.clear()
  }

  /** The times from an absolute position on: a view, made once for all series that begin there. */
  timesFrom(position: number): Float64Array {
    const offset = position - this.base
    if (offset === 0) return this.timesMs
    let view = this.views.get(offset)
    if (view === undefined) this.views.set(offset, (view = this.timesMs.subarray(offset)))
    return view
  }
}

/** The samples of one series: one value for each time of its column from `first` on, some of them stale markers. */
export class SampleSeries {
  readonly id: number
  readonly labels: Labels
  readonly column: TimeColumn
  /** Absolute position in the column of the first kept sample. */
  first = 0
  length = 0
  values: Float64Array = new Float64Array(0)
  /** 1 where the sample is a stale marker; null while there is none. */
  stale: Uint8Array | null = null

  constructor(id: number, labels: Labels, column: TimeColumn) {
    this.id = id
    this.labels = labels
    this.column = column
  }

  /** Appends the value at the newest time of the column. Missed times become stale markers. */
  append(value: number): void {
    const position = this.column.end - 1
    if (this.length === 0) this.first = position
    while (this.first + this.length < position) this.push(Number.NaN, 1)
    if (this.first + this.length === position) this.push(value, 0)
  }

  /** Ends the series at the newest time with a stale marker, once. */
  markStale(): void {
    if (this.length === 0 || this.endsStale()) return
    const position = this.column.end - 1
    while (this.first + this.length <= position) this.push(Number.NaN, 1)
  }

  /** True when the newest sample is a stale marker. */
  endsStale(): boolean {
    return this.stale !== null && this.length > 0 && this.stale[this.length - 1] === 1
  }

  /** Forgets samples older than the column's oldest time; returns how many. */
  trim(): number {
    const count = Math.min(this.length, this.column.base - this.first)
    if (count <= 0) return 0
    this.values = this.values.slice(count, this.length)
    if (this.stale !== null) this.stale = this.stale.slice(count, this.length)
    this.first += count
    this.length -= count
    return count
  }

  /** Sets the whole content, as after a snapshot. The arrays are full, so the next append copies them. */
  restore(first: number, values: Float64Array, stale: Uint8Array | null): void {
    this.first = first
    this.length = values.length
    this.values = values
    this.stale = stale
  }

  /** Time of the sample at `index`, in milliseconds. */
  timeMsAt(index: number): number {
    return this.column.timesMs[this.first - this.column.base + index] ?? Number.NaN
  }

  /** The samples as the query engine wants them; views, no copies. */
  samples(): Samples {
    const { labels, values, length, stale } = this
    const timesMs = this.column.timesFrom(this.first)
    return stale === null ? { labels, timesMs, values, length } : { labels, timesMs, values, length, stale }
  }

  /** Bytes held by the columns of this series alone. */
  bytes(): number {
    return this.values.byteLength + (this.stale?.byteLength ?? 0)
  }

  private push(value: number, stale: 0 | 1): void {
    const { length } = this
    if (length === this.values.length) {
      const grown = new Float64Array(grownCapacity(this.values.length, length + 1))
      grown.set(this.values)
      this.values = grown
    }
    this.values[length] = value
    if (stale === 1 || this.stale !== null) this.pushStale(stale)
    this.length = length + 1
  }

  private pushStale(stale: 0 | 1): void {
    const { length } = this
    let marks = this.stale
    if (marks === null || length >= marks.length) {
      const grown = new Uint8Array(Math.max(this.values.length, length + 1))
      if (marks !== null) grown.set(marks)
      marks = grown
      this.stale = marks
    }
    marks[length] = stale
  }
}
