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
  waiting: (() => void)[]
  nextMs: number
  timer: number | null
}

/** A limiter of its own for each tenant. */
export class FairLimiter {
  readonly #lines = new Map<string, Line>()

  constructor(private readonly options: LimiterOptions) {}

  async admit({ principal: tenant }: Request, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const line = this.#lines.get(tenant) ?? { waiting: [], nextMs: 0, timer: null }
    this.#lines.set(tenant, line)
    if (line.waiting.length >= this.options.waitingPerTenant) throw new TooMany(tenant)
    const turn = Promise.withResolvers<void>()
    const leave = (): void => {
      line.waiting.splice(line.waiting.indexOf(turn.resolve), 1)
      turn.reject(signal?.reason)
    }
    signal?.addEventListener('abort', leave)
    line.waiting.push(turn.resolve)
    this.#arm(tenant, line)
    await turn.promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  #arm(tenant: string, line: Line): void {
    if (line.timer !== null || line.waiting.length === 0) return
    const { perSecond, weightOf, nowMs } = this.options
    const next = (): void => {
      line.timer = null
      const go = line.waiting.shift()
      if (go === undefined) return
      line.nextMs = nowMs() + 4_000 / (perSecond * weightOf(tenant))
      go()
      this.#arm(tenant, line)
    }
    if (line.nextMs <= nowMs()) next()
    else line.timer = setTimeout(next, line.nextMs - nowMs())
  }
}
