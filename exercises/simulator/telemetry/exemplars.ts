/** Exemplars a new store has room for. */
const firstCapacity = 256

/** Saved exemplars: views of the filled part of each column. */
export interface ExemplarState {
  readonly series: Uint32Array
  readonly timesMs: Float64Array
  readonly values: Float64Array
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  readonly dropped: number
}

/** For each scrape and histogram bucket the newest kept trace that fell into it. Columns, oldest first, bounded. */
export class ExemplarStore {
  length = 0
  /** Exemplars forgotten because the store was full. */
  dropped = 0
  series: Uint32Array = new Uint32Array(0)
  timesMs: Float64Array = new Float64Array(0)
  values: Float64Array = new Float64Array(0)
  hi: Uint32Array = new Uint32Array(0)
  lo: Uint32Array = new Uint32Array(0)
  private readonly limit: number

  /** @param limit most exemplars kept */
  constructor(limit: number) {
    this.limit = limit
  }

  /** Adds an exemplar to the series with number `series`. */
  append(series: number, timeMs: number, value: number, hi: number, lo: number): void {
    if (this.length >= this.limit) this.resize(this.limit >> 2, this.limit)
    else if (this.length === this.series.length) this.resize(0, Math.max(firstCapacity, this.length * 2))
    const at = this.length
    this.series[at] = series
    this.timesMs[at] = timeMs
    this.values[at] = value
    this.hi[at] = hi
    this.lo[at] = lo
    this.length = at + 1
  }

  /** Views of the filled columns; later appends do not change them. */
  save(): ExemplarState {
    const { length } = this
    return {
      series: this.series.subarray(0, length), timesMs: this.timesMs.subarray(0, length), values: this.values.subarray(0, length),
      hi: this.hi.subarray(0, length), lo: this.lo.subarray(0, length), dropped: this.dropped,
    }
  }

  /** Restores what `save` gave, without writing into it: the columns are full, so the next append copies them. */
  load(state: ExemplarState): void {
    this.series = state.series
    this.timesMs = state.timesMs
    this.values = state.values
    this.hi = state.hi
    this.lo = state.lo
    this.length = state.series.length
    this.dropped = state.dropped
  }

  /** Bytes held. */
  bytes(): number {
    return this.series.byteLength + this.timesMs.byteLength + this.values.byteLength + this.hi.byteLength + this.lo.byteLength
  }

  /** Copies into new columns without the oldest `drop`, so that views given to snapshots stay as they were. */
  private resize(drop: number, capacity: number): void {
    const series = new Uint32Array(capacity)
    const timesMs = new Float64Array(capacity)
    const values = new Float64Array(capacity)
    const hi = new Uint32Array(capacity)
    const lo = new Uint32Array(capacity)
    series.set(this.series.subarray(drop, this.length))
    timesMs.set(this.timesMs.subarray(drop, this.length))
    values.set(this.values.subarray(drop, this.length))
    hi.set(this.hi.subarray(drop, this.length))
    lo.set(this.lo.subarray(drop, this.length))
    this.series = series
    this.timesMs = timesMs
    this.values = values
    this.hi = hi
    this.lo = lo
    this.length -= drop
    this.dropped += drop
  }
}
