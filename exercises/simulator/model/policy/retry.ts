import type { RandomStream } from '../../engine/index.ts'
import { outcomes } from '../outcome.ts'
import type { RetrySpec } from './schema.ts'

/** Asking again would give the same answer, or is what the refusal is meant to stop. */
const final: readonly string[] = ['ok', 'not-found', 'conflict', 'unauthorized', 'read-only', 'disk-full', 'breaker-open', 'bulkhead-full', 'cancelled']

/** Which outcomes a policy tries again, by code. */
export function retriedOutcomes({ on }: RetrySpec): Uint8Array {
  return Uint8Array.from(outcomes, ({ name }) => ((on === undefined ? !final.includes(name) : on.includes(name)) ? 1 : 0))
}

/** Time before the retry with this number (from 1), in microseconds. Draws only where there is jitter. */
export function backoffUs(spec: RetrySpec, retry: number, stream: RandomStream): number {
  if (spec.backoff === 'none') return 0
  const full = spec.backoff === 'constant' ? spec.base : Math.min(spec.most, spec.base * 2 ** Math.min(30, retry - 1))
  if (spec.jitter === 'none') return Math.round(full)
  return Math.round(spec.jitter === 'full' ? full * stream.uniform() : full / 2 + (full / 2) * stream.uniform())
}

/** Tokens that a budget begins with and may hold at most, so that rare calls can be retried too. */
const reserve = 10
const most = 100

/** A retry budget: each call deposits its share, each retry takes one token. */
export class RetryBudget {
  private tokens = reserve
  readonly share: number

  constructor(share: number) {
    this.share = share
  }

  deposit(): void {
    this.tokens = Math.min(most, this.tokens + this.share)
  }

  /** Takes a token; false when there is none. */
  withdraw(): boolean {
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }

  save(): number {
    return this.tokens
  }

  load(tokens: number): void {
    this.tokens = tokens
  }
}

