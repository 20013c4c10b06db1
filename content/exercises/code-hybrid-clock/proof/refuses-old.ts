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
  private l = 0
  private c = 0
  private pt: () => number
  private max: number

  constructor({ nowMs, maxAheadMs, last }: HybridClockOptions) {
    this.pt = nowMs
    this.max = maxAheadMs
    if (last) {
      this.l = last.wallMs
      this.c = last.counter
    }
    else this.c = -1
  }

  tick(): Stamp {
    const pt = this.pt()
    if (pt > this.l) {
      this.l = pt
      this.c = 0
    } else this.c += 1
    return { wallMs: this.l, counter: this.c }
  }

  receive(sent: Stamp): Stamp {
    const pt = this.pt()
    if (Math.abs(sent.wallMs - pt) > this.max) throw new ClockTooFarError('too far ahead')
    const before = this.l
    this.l = Math.max(before, sent.wallMs, pt)
    if (this.l === before && this.l === sent.wallMs) this.c = Math.max(this.c, sent.counter) + 1
    else if (this.l === before) this.c += 1
    else if (this.l === sent.wallMs) this.c = sent.counter + 1
    else this.c = 0
    return { wallMs: this.l, counter: this.c }
  }
}

export function compare(a: Stamp, b: Stamp): number {
  return a.wallMs - b.wallMs || a.counter - b.counter
}
