export type Stamp = { time: number; node: string }
export type Verdict = 'same' | 'before' | 'after' | 'concurrent' | 'maybe-before' | 'maybe-after'

/** Keeps the times that it has used; the next one is above all of them and above what it has heard of. */
export class LamportClock {
  private readonly heard: number[]
  constructor(readonly node: string, lastTime = 0) { this.heard = [lastTime] }
  private above(times: number[]): Stamp {
    const time = 1 + times.reduce((most, each) => (each > most ? each : most), 0)
    this.heard.splice(0, this.heard.length, time)
    return { node: this.node, time }
  }
  tick() { return this.above(this.heard) }
  receive(sent: Stamp) { return this.above([...this.heard, sent.time]) }
}

const key = ({ time, node }: Stamp) => `${String(time).padStart(16, '0')} ${node}`
export const compare = (a: Stamp, b: Stamp) => (key(a) === key(b) ? 0 : [key(a), key(b)].sort()[0] === key(a) ? -1 : 1)

export function verdict(a: Stamp, b: Stamp): Verdict {
  const side = Math.sign(a.time - b.time)
  const table: Record<string, Verdict> = { 'one-1': 'before', one0: 'same', one1: 'after', 'two-1': 'maybe-before', two0: 'concurrent', two1: 'maybe-after' }
  return table[`${a.node === b.node ? 'one' : 'two'}${side}`] ?? 'concurrent'
}
