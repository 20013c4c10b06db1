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

/** Strides: each tenant has a pass that moves on by 1 / weight with each turn; the lowest pass is next. */
export class FairLimiter {
  #o: LimiterOptions
  #lines = new Map<string, Set<() => void>>()
  #passes = new Map<string, number>()
  #lastMs = Number.NEGATIVE_INFINITY
  #running = false

  constructor(options: LimiterOptions) {
    this.#o = options
  }

  async admit(request: Request, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw signal.reason
    const tenant = request.principal
    const line = this.#lines.get(tenant) ?? new Set<() => void>()
    if (line.size >= this.#o.waitingPerTenant) throw new TooMany(`${tenant}`)
    if (line.size === 0) {
      // Who joins begins where the others are now.
      const others = [...this.#lines.keys()].map((other) => this.#passes.get(other) ?? 0)
      const floor = others.length > 0 ? Math.min(...others) : 0
      this.#passes.set(tenant, Math.max(floor, others.length > 0 ? (this.#passes.get(tenant) ?? 0) : 0))
    }
    this.#lines.set(tenant, line)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const turn = () => resolve()
    line.add(turn)
    const away = () => {
      if (!line.delete(turn)) return
      if (line.size === 0) this.#lines.delete(tenant)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', away, { once: true })
    if (!this.#running) void this.#loop()
    await promise
    signal?.removeEventListener('abort', away)
  }

  async #loop(): Promise<void> {
    this.#running = true
    while (this.#lines.size > 0) {
      const left = this.#lastMs + 1_000 / this.#o.perSecond - this.#o.nowMs()
      if (left > 0) {
        await new Promise<void>((wake) => setTimeout(wake, left))
        continue
      }
      const [tenant] = [...this.#lines.keys()].sort((a, b) => (this.#passes.get(a) ?? 0) - (this.#passes.get(b) ?? 0))
      const line = tenant === undefined ? undefined : this.#lines.get(tenant)
      const [turn] = line ?? []
      if (tenant === undefined || line === undefined || turn === undefined) break
      line.delete(turn)
      if (line.size === 0) this.#lines.delete(tenant)
      this.#passes.set(tenant, (this.#passes.get(tenant) ?? 0) + 1 / this.#o.weightOf(tenant))
      this.#lastMs = this.#o.nowMs()
      turn()
    }
    this.#running = false
  }
}
