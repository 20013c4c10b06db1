export interface Stamp {
  time: number
  node: string
}

/** The logical clock of one node. It has no wall clock, and needs none. */
export class LamportClock {
  /** `lastTime` is the highest time that the node has used before it was restarted. */
  constructor(
    readonly node: string,
    lastTime = 0,
  ) {}

  /** The stamp of an event on this node. Sending a message is one: its stamp goes with the message. */
  tick(): Stamp {
    return { time: Date.now(), node: this.node }
  }

  /** The stamp of the receipt of a message that carries `sent`. */
  receive(sent: Stamp): Stamp {
    return this.tick()
  }
}

/** Negative, zero or positive, for sorting: a total order of all events that puts causes first. */
export function compare(a: Stamp, b: Stamp): number {
  return a.time - b.time
}

/**
 * What is known from the stamps alone about the event `a`, seen from `b`:
 * `same`, `before` (for certain), `after` (for certain), `concurrent` (for certain neither caused the other),
 * `maybe-before` (before or concurrent), `maybe-after` (after or concurrent).
 */
export type Verdict = 'same' | 'before' | 'after' | 'concurrent' | 'maybe-before' | 'maybe-after'

export function verdict(a: Stamp, b: Stamp): Verdict {
  return a.time < b.time ? 'before' : 'after'
}
