import { TooMany } from './request.ts'
import type { Request } from './request.ts'

export interface LimiterOptions {
  /** Requests that all tenants together may send on. */
  perSecond: number
  /** Requests of one tenant that may wait. */
  waitingPerTenant: number
  /** How much a tenant gets, compared with others that wait. At least 1. */
  weightOf: (tenant: string) => number
  /** A steady clock in ms. */
  nowMs: () => number
}

interface Line {
  tenant: string
  waiting: { go: () => void }[]
  credit: number
}

/** Weighted round robin: each line in the ring sends as many as its weight, then the next one does. */
export class FairLimiter {
  private ring: Line[] = []
  private freeAtMs = 0
  private timer: number | undefined

  constructor(private readonly options: LimiterOptions) {}

  admit(request: Request, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const tenant = request.principal
      let line = this.ring.find((each) => each.tenant === tenant)
      if (!line) {
        line = { tenant, waiting: [], credit: this.options.weightOf(tenant) }
        this.ring.push(line)
      }
      if (line.waiting.length >= this.options.waitingPerTenant) return reject(new TooMany(`${tenant} has ${line.waiting.length} waiting`))
      const here = line
      const leave = () => {
        here.waiting = here.waiting.filter((each) => each !== entry)
        if (here.waiting.length === 0) this.ring = this.ring.filter((each) => each !== here)
        reject(signal?.reason)
      }
      const entry = { go: () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      } }
      signal?.addEventListener('abort', leave)
      line.waiting.push(entry)
      this.pump()
    })
  }

  private pump(): void {
    if (this.timer !== undefined) return
    const { nowMs, perSecond, weightOf } = this.options
    const line = this.ring[0]
    if (!line) return
    if (nowMs() < this.freeAtMs) {
      this.timer = setTimeout(() => {
        this.timer = undefined
        this.pump()
      }, Math.ceil(this.freeAtMs - nowMs()))
      return
    }
    const entry = line.waiting.shift()
    line.credit -= 1
    if (line.waiting.length === 0) this.ring.shift()
    else if (line.credit < 1) {
      line.credit += weightOf(line.tenant)
      this.ring.push(...this.ring.splice(0, 1))
    }
    this.freeAtMs = nowMs() + 1000 / perSecond
    entry?.go()
    this.pump()
  }
}
