/** Saved replication. */
export interface ReplicationState {
  readonly backlog: number
  readonly atUs: number
  readonly rate: number
}

/** Replicas that apply changes at a rate of their own: they lag by exactly what they have not applied yet. */
export class Replication {
  /** Changed rows a second that a replica applies. */
  rate: number
  private backlog = 0
  private atUs = 0

  constructor(rate: number) {
    this.rate = rate
  }

  /** Rows changed on the primary now. */
  wrote(rows: number, nowUs: number): void {
    this.settle(nowUs)
    this.backlog += rows
  }

  /** How far the replicas are behind, in seconds. */
  lagSeconds(nowUs: number): number {
    this.settle(nowUs)
    return this.rate > 0 ? this.backlog / this.rate : Number.POSITIVE_INFINITY
  }

  /** Changes the rate from now on. */
  setRate(rate: number, nowUs: number): void {
    this.settle(nowUs)
    this.rate = rate
  }

  save(): ReplicationState {
    return { backlog: this.backlog, atUs: this.atUs, rate: this.rate }
  }

  load(state: ReplicationState): void {
    Object.assign(this, state)
  }

  private settle(nowUs: number): void {
    this.backlog = Math.max(0, this.backlog - ((nowUs - this.atUs) * this.rate) / 1e6)
    this.atUs = nowUs
  }
}
