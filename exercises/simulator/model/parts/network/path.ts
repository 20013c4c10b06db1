import { Sampler } from '../../../engine/index.ts'
import type { Distribution, RandomStream } from '../../../engine/index.ts'

/** Saved way. */
export interface PathState {
  readonly loss: number
  readonly extraUs: number
  readonly cut: boolean
  readonly taken: number
  readonly freeUs: readonly number[]
}

/** The way between two zones, or inside one: latency, loss, bandwidth, and what has happened to it. */
export class Path {
  /** Numbers of its zones, the lower first. */
  readonly one: number
  readonly other: number
  readonly ownLoss: number
  loss: number
  extraUs = 0
  cut = false
  /** Share of the bandwidth that other traffic takes. */
  taken = 0
  /** When the line is free again, each way. */
  private readonly freeUs = [0, 0]
  private readonly latency: Sampler
  private readonly bandwidth: number

  /** @param bandwidth bytes a second; Infinity for no limit */
  constructor(one: number, other: number, latency: Distribution, loss: number, bandwidth: number) {
    this.one = one
    this.other = other
    this.latency = new Sampler(latency)
    this.ownLoss = loss
    this.loss = loss
    this.bandwidth = bandwidth
  }

  /** Time of a packet on the way, in microseconds. */
  latencyUs(stream: RandomStream): number {
    return this.latency.sampleUs(stream) + this.extraUs
  }

  /** Time until a message is on the line, behind those before it. @param back from the higher zone to the lower */
  sendUs(bytes: number, nowUs: number, back: boolean): number {
    if (this.bandwidth === Number.POSITIVE_INFINITY) return 0
    const direction = back ? 1 : 0
    const startUs = Math.max(nowUs, this.freeUs[direction] ?? 0)
    const endUs = startUs + (bytes / (this.bandwidth * Math.max(1e-6, 1 - this.taken))) * 1e6
    this.freeUs[direction] = endUs
    return Math.round(endUs - nowUs)
  }

  save(): PathState {
    return { loss: this.loss, extraUs: this.extraUs, cut: this.cut, taken: this.taken, freeUs: this.freeUs.slice() }
  }

  load({ freeUs, ...numbers }: PathState): void {
    Object.assign(this, numbers)
    this.freeUs.splice(0, 2, ...freeUs)
  }
}
