export interface Stamp {
  time: number
  node: string
}

const next = (node: string, ...seen: Stamp[]): Stamp => ({ node, time: Math.max(...seen.map((stamp) => stamp.time)) + 1 })

export class LamportClock {
  private last: Stamp
  constructor(readonly node: string, lastTime?: number) {
    this.last = { node, time: lastTime ?? 0 }
  }
  tick(): Stamp {
    this.last = next(this.node, this.last)
    return { ...this.last }
  }
  receive(sent: Stamp): Stamp {
    this.last = next(this.node, this.last, sent)
    return { ...this.last }
  }
}

/** The other direction among equals is as good: any, as long as all agree. */
export function compare(a: Stamp, b: Stamp): number {
  return a.time - b.time || (a.node > b.node ? -1 : Number(a.node < b.node))
}

export type Verdict = 'same' | 'before' | 'after' | 'concurrent' | 'maybe-before' | 'maybe-after'

export function verdict(a: Stamp, b: Stamp): Verdict {
  switch (true) {
    case a.node === b.node && a.time === b.time:
      return 'same'
    case a.time === b.time:
      return 'concurrent'
    case a.node !== b.node:
      return a.time < b.time ? 'maybe-before' : 'maybe-after'
    default:
      return a.time < b.time ? 'before' : 'after'
  }
}
