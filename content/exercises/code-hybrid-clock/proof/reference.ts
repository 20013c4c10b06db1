export interface Stamp {
  /** Milliseconds: close to the wall clock. */
  wallMs: number
  /** Tells events of one millisecond apart. */
  counter: number
}

/** A message carries a time that is further ahead than clocks may differ. */
export class ClockTooFarError extends Error {
  override readonly name = 'ClockTooFarError'
}

export interface HybridClockOptions {
  /** The wall clock of this machine, in whole milliseconds. It may be wrong, and may be set back. */
  nowMs: () => number
  /** How far the time of a message may be ahead of this wall clock. */
  maxAheadMs: number
  /** The last stamp before a restart. */
  last?: Stamp
}

export class HybridClock {
  #last: Stamp

  constructor(private readonly options: HybridClockOptions) {
    this.#last = options.last ?? { wallMs: -Infinity, counter: 0 }
  }

  tick(): Stamp {
    return this.#next([after(this.#last)])
  }

  receive(sent: Stamp): Stamp {
    if (sent.wallMs > this.options.nowMs() + this.options.maxAheadMs) throw new ClockTooFarError(`The message is from ${sent.wallMs}.`)
    return this.#next([after(this.#last), after(sent)])
  }

  /** The smallest stamp that is not below any of these or the wall clock. */
  #next(least: Stamp[]): Stamp {
    this.#last = least.reduce((most, stamp) => (compare(stamp, most) > 0 ? stamp : most), { wallMs: this.options.nowMs(), counter: 0 })
    return { ...this.#last }
  }
}

const after = ({ wallMs, counter }: Stamp): Stamp => ({ wallMs, counter: counter + 1 })

export function compare(a: Stamp, b: Stamp): number {
  return a.wallMs - b.wallMs || a.counter - b.counter
}
