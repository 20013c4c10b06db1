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
  return a.time - b.time
}

export type Verdict = 'same' | 'before' | 'after' | 'concurrent' | 'maybe-before' | 'maybe-after'

export function verdict(a: Stamp, b: Stamp): Verdict {
  const oneNode = a.node === b.node
  if (a.time === b.time) return oneNode ? 'same' : 'concurrent'
  if (a.time < b.time) return oneNode ? 'before' : 'maybe-before'
  return oneNode ? 'after' : 'maybe-after'
}
