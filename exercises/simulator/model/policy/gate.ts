import type { Calls } from '../calls.ts'
import { outcomeCode } from '../outcome.ts'
import { TokenBucket } from '../token-bucket.ts'
import { Breaker } from './breaker.ts'
import type { BreakerMemory } from './breaker.ts'
import { EphemeralPorts } from './ports.ts'
import type { PortsState } from './ports.ts'
import { ConnectionPool } from './pool.ts'
import type { PoolState } from './pool.ts'
import { RetryBudget } from './retry.ts'
import type { PolicySpec } from './schema.ts'

/** Saved gate. */
export interface GateState {
  readonly inFlight: number
  readonly bulkhead: number
  readonly breaker: BreakerMemory | null
  /** Share and tokens. */
  readonly budget: readonly [number, number] | null
  readonly limiter: readonly number[] | null
  readonly pool: PoolState | null
  readonly ports: PortsState | null
}

/** What one replica keeps about its calls to one target: breaker, bulkhead, limit, retry budget and pool. */
export class Gate {
  inFlight = 0
  bulkhead: number
  readonly breaker: Breaker | null
  budget: RetryBudget | null
  readonly limiter: TokenBucket | null
  readonly pool: ConnectionPool | null
  /** null for a caller that keeps its connections. */
  ports: EphemeralPorts | null

  /** @param like a gate of another replica, whose settings may have been changed since */
  constructor(spec: PolicySpec, calls: Calls, like?: Gate) {
    this.bulkhead = like?.bulkhead ?? spec.bulkhead ?? Number.POSITIVE_INFINITY
    this.breaker = spec.breaker === undefined ? null : new Breaker(spec.breaker)
    const share = like?.budget?.share ?? spec.retries?.budget
    this.budget = share === undefined ? null : new RetryBudget(share)
    this.limiter = spec.limit === undefined ? null : new TokenBucket(spec.limit, Math.max(1, spec.limit / 10))
    this.ports = spec['keep-alive'] !== false || spec.pool !== undefined || like?.ports === null ? null : new EphemeralPorts()
    this.pool = spec.pool === undefined ? null : new ConnectionPool(calls, like?.pool?.size ?? spec.pool.size)
  }

  /** Lets a call in: 0, or the code of why not. */
  enter(nowUs: number): number {
    if (this.inFlight >= this.bulkhead) return outcomeCode['bulkhead-full']
    if (this.breaker !== null && !this.breaker.allow(nowUs)) return outcomeCode['breaker-open']
    if (this.limiter !== null && !this.limiter.take(nowUs)) {
      this.breaker?.forget()
      return outcomeCode.limited
    }
    if (this.ports !== null && !this.ports.take(nowUs)) {
      this.breaker?.forget()
      return outcomeCode['no-free-port']
    }
    this.inFlight += 1
    return 0
  }

  /** A call that was let in has ended. */
  leave(nowUs: number): void {
    this.inFlight -= 1
    this.ports?.close(nowUs)
  }

  /** As in a new process. Requests that waited for the pool are the caller's to end. */
  clear(): void {
    this.inFlight = 0
    this.pool?.clear()
    this.ports?.reset()
  }

  save(): GateState {
    const { inFlight, bulkhead } = this
    return { inFlight, bulkhead, breaker: this.breaker?.save() ?? null, budget: this.budget === null ? null : [this.budget.share, this.budget.save()], limiter: this.limiter?.save() ?? null, pool: this.pool?.save() ?? null, ports: this.ports?.save() ?? null }
  }

  load(state: GateState): void {
    this.inFlight = state.inFlight
    this.bulkhead = state.bulkhead
    if (state.breaker !== null) this.breaker?.load(state.breaker)
    this.budget = state.budget === null ? null : new RetryBudget(state.budget[0])
    this.budget?.load(state.budget?.[1] ?? 0)
    if (state.limiter !== null) this.limiter?.load(state.limiter)
    if (state.pool !== null) this.pool?.load(state.pool)
    if (state.ports === null) this.ports = null
    else this.ports?.load(state.ports)
  }
}
