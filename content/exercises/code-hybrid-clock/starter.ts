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
  constructor(private readonly options: HybridClockOptions) {}

  /** The stamp of an event here, such as the sending of a message. */
  tick(): Stamp {
    return { wallMs: this.options.nowMs(), counter: 0 }
  }

  /** The stamp of the receipt of a message. @throws ClockTooFarError when it is too far ahead; nothing has changed then */
  receive(sent: Stamp): Stamp {
    return this.tick()
  }
}

/** Negative, zero or positive, for sorting. */
export function compare(a: Stamp, b: Stamp): number {
  return a.wallMs - b.wallMs || a.counter - b.counter
}
