export interface Stamp {
  time: number
  node: string
}

export class LamportClock {
  #time: number

  constructor(
    readonly node: string,
    lastTime = 0,
  ) {
    this.#time = lastTime
  }

  tick(): Stamp {
    this.#time += 1
    return { time: this.#time, node: this.node }
  }

  receive(sent: Stamp): Stamp {
    this.#time = Math.max(this.#time, sent.time)
    return this.tick()
  }
}

export function compare(a: Stamp, b: Stamp): number {
  if (a.time !== b.time) return a.time - b.time
  return a.node < b.node ? -1 : a.node > b.node ? 1 : 0
}

export type Verdict = 'same' | 'before' | 'after' | 'concurrent' | 'maybe-before' | 'maybe-after'

export function verdict(a: Stamp, b: Stamp): Verdict {
  if (a.time === b.time && a.node === b.node) return 'same'
  return compare(a, b) < 0 ? 'maybe-before' : 'maybe-after'
}
