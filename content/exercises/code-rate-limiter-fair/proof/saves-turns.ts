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

interface Waiting {
  tenant: string
  /** Its place among all: the smallest is next. */
  tag: number
  go: () => void
}

export class FairLimiter {
  readonly #waiting: Waiting[] = []
  readonly #lastTags = new Map<string, number>()
  #servedTag = 0
  #nextMs = 0
  #timer: number | null = null

  constructor(private readonly options: LimiterOptions) {}

  async admit({ principal: tenant }: Request, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const { waitingPerTenant, weightOf } = this.options
    if (this.#waiting.filter((other) => other.tenant === tenant).length >= waitingPerTenant) throw new TooMany(tenant)
    const tag = Math.max(this.#servedTag, this.#lastTags.get(tenant) ?? 0) + 1 / weightOf(tenant)
    this.#lastTags.set(tenant, tag)
    const turn = Promise.withResolvers<void>()
    const waiting = { tenant, tag, go: turn.resolve }
    const leave = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      this.#lastTags.set(tenant, Math.max(0, ...this.#waiting.filter((other) => other.tenant === tenant).map((other) => other.tag)))
      turn.reject(signal?.reason)
    }
    signal?.addEventListener('abort', leave)
    this.#waiting.push(waiting)
    this.#arm()
    await turn.promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  #arm(): void {
    if (this.#timer !== null || this.#waiting.length === 0) return
    const waitMs = this.#nextMs - this.options.nowMs()
    if (waitMs <= 0) this.#serve()
    else this.#timer = setTimeout(() => { this.#timer = null; this.#serve() }, waitMs)
  }

  #serve(): void {
    const next = this.#waiting.reduce<Waiting | undefined>((least, other) => (least === undefined || other.tag < least.tag ? other : least), undefined)
    if (next === undefined) return
    this.#waiting.splice(this.#waiting.indexOf(next), 1)
    this.#servedTag = next.tag
    this.#nextMs += 1_000 / this.options.perSecond
    next.go()
    this.#arm()
  }
}
