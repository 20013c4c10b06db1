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

/** The pair as one number: milliseconds above 24 bits of counter. */
const pack = ({ wallMs, counter }: Stamp): bigint => (BigInt(wallMs) << 24n) | BigInt(counter)
const unpack = (packed: bigint): Stamp => ({ wallMs: Number(packed >> 24n), counter: Number(packed & 0xffffffn) })

export class HybridClock {
  #packed: bigint
  readonly #options: HybridClockOptions

  constructor(options: HybridClockOptions) {
    this.#options = options
    this.#packed = options.last === undefined ? -1n : pack(options.last)
  }

  #raise(...above: bigint[]): Stamp {
    let next = pack({ wallMs: this.#options.nowMs(), counter: 0 })
    for (const packed of [this.#packed, ...above]) if (packed >= next) next = packed + 1n
    this.#packed = next
    return unpack(next)
  }

  tick = (): Stamp => this.#raise()

  receive = (sent: Stamp): Stamp => {
    const aheadMs = sent.wallMs - this.#options.nowMs()
    if (aheadMs > this.#options.maxAheadMs) throw new ClockTooFarError(`${aheadMs} ms ahead`)
    return this.#raise(pack(sent))
  }
}

export function compare(a: Stamp, b: Stamp): number {
  const difference = pack(a) - pack(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
