import { Unavailable } from './unavailable.ts'

export interface RetrierOptions {
  /** Tries for one request, the first included. */
  attempts: number
  /** Retries that each request buys for all: with 0.1, ten requests buy one. */
  ratio: number
  /** Retries that can be saved up. As many are there at the start. */
  burst: number
  /** A retry waits for a random time from 0 to this. */
  pauseMs: number
  /** Uniform in [0, 1). */
  random: () => number
}

/** Counts requests and retries since a common beginning, and moves the beginning so that no more than a burst is saved. */
export class Retrier {
  #requests = 0
  #retries = 0
  readonly #o: RetrierOptions

  constructor(options: RetrierOptions) {
    this.#o = options
  }

  run = async <T>(call: () => Promise<T>): Promise<T> => {
    this.#requests += 1
    const allowed = () => Math.floor(this.#requests * this.#o.ratio + 1e-6) + this.#o.burst
    const saved = allowed() - this.#retries - this.#o.burst
    if (saved > 0) this.#retries += saved
    let last: unknown
    for (const attempt of Array.from({ length: this.#o.attempts }, (_, index) => index)) {
      if (attempt > 0) {
        if (this.#retries + 1 > allowed()) break
        this.#retries += 1
        await pause(this.#o)
      }
      try {
        return await call()
      } catch (error) {
        if (!isWorthIt(error)) throw error
        last = error
      }
    }
    throw new Unavailable('gave up', { retryable: false, cause: last })
  }
}

const isWorthIt = (error: unknown): boolean => error instanceof Unavailable && error.retryable

const pause = ({ random, pauseMs }: RetrierOptions) => new Promise<void>((go) => setTimeout(go, random() * pauseMs))
