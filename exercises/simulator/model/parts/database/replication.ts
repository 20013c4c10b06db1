/** Saved replication. */
export interface ReplicationState {
  readonly backlog: number
  readonly atUs: number
  readonly rate: number
  readonly written: number
  /** Keys in the order in which they were written, each with how many rows had been written by then. */
  readonly keys: readonly number[]
  readonly upTo: readonly number[]
}

/** Replicas that apply changes at a rate of their own: they lag by exactly what they have not applied yet. */
export class Replication {
  /** Changed rows a second that a replica applies. */
  rate: number
  private backlog = 0
  private atUs = 0
  private written = 0
  private keys: number[] = []
  private upTo: number[] = []

  constructor(rate: number) {
    this.rate = rate
  }

  /** Rows changed on the primary now, for a request's key. */
  wrote(rows: number, key: number, nowUs: number): void {
    this.settle(nowUs)
    this.backlog += rows
    this.written += rows
    this.keys.push(key)
    this.upTo.push(this.written)
  }

  /** Whether replicas have everything that was written for a key. */
  shows(key: number, nowUs: number): boolean {
    this.settle(nowUs)
    return !this.keys.includes(key)
  }

  /** How far the replicas are behind, in seconds. Asking changes nothing, so that a look at a world leaves it as it is. */
  lagSeconds(nowUs: number): number {
    return this.rate > 0 ? this.backlogAt(nowUs) / this.rate : Number.POSITIVE_INFINITY
  }

  /** Changes the rate from now on. */
  setRate(rate: number, nowUs: number): void {
    this.settle(nowUs)
    this.rate = rate
  }

  save(): ReplicationState {
    return { backlog: this.backlog, atUs: this.atUs, rate: this.rate, written: this.written, keys: this.keys.slice(), upTo: this.upTo.slice() }
  }

  load(state: ReplicationState): void {
    Object.assign(this, { ...state, keys: state.keys.slice(), upTo: state.upTo.slice() })
  }

  private settle(nowUs: number): void {
    this.backlog = this.backlogAt(nowUs)
    this.atUs = nowUs
    const applied = this.written - this.backlog
    const missing = this.upTo.findIndex((rows) => rows > applied)
    const gone = missing < 0 ? this.keys.length : missing
    if (gone === 0) return
    this.keys.splice(0, gone)
    this.upTo.splice(0, gone)
  }

  private backlogAt(nowUs: number): number {
    return Math.max(0, this.backlog - ((nowUs - this.atUs) * this.rate) / 1e6)
  }
}
