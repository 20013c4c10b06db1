import { retriedOutcomes } from './retry.ts'
import { noRetries } from './schema.ts'
import type { PolicySpec, RetrySpec } from './schema.ts'

/** Saved settings of a call site. */
export interface CallSiteState {
  readonly timeoutUs: number
  readonly retries: number
  readonly hedgeUs: number
  readonly acquireUs: number
}

/** One place in a program from which a part is called. */
export class CallSite {
  readonly target: number
  readonly operation: number
  readonly operationName: string
  /** Number of the gates, one for each replica, that this call goes through. */
  readonly group: number
  /** 0: waits for ever. */
  timeoutUs: number
  /** Tries after the first. */
  retries: number
  readonly retry: RetrySpec
  readonly retried: Uint8Array
  /** 0: no hedging. */
  hedgeUs: number
  acquireUs: number
  /** Where the program goes on when the call fails; -1: the frame fails. */
  fallback = -1
  readonly policy: PolicySpec

  constructor(target: number, operation: number, operationName: string, group: number, policy: PolicySpec) {
    this.target = target
    this.operation = operation
    this.operationName = operationName
    this.group = group
    this.policy = policy
    this.timeoutUs = policy.timeout ?? 0
    this.retry = policy.retries ?? noRetries
    this.retries = this.retry.attempts
    this.retried = retriedOutcomes(this.retry)
    this.hedgeUs = policy.hedge ?? 0
    this.acquireUs = policy.pool?.acquire ?? 0
  }

  save(): CallSiteState {
    const { timeoutUs, retries, hedgeUs, acquireUs } = this
    return { timeoutUs, retries, hedgeUs, acquireUs }
  }

  load(state: CallSiteState): void {
    Object.assign(this, state)
  }
}
