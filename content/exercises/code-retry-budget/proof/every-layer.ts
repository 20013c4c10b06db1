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

export class Retrier {
  #tokens: number

  constructor(private readonly options: RetrierOptions) {
    this.#tokens = options.burst
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    const { attempts, ratio, burst, pauseMs, random } = this.options
    this.#tokens = Math.min(burst, this.#tokens + ratio)
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof Unavailable) || !error.retryable) throw error
        if (attempt >= attempts || !this.#take()) throw new Unavailable('No more retries.', { cause: error })
      }
      await new Promise<void>((resolve) => setTimeout(resolve, random() * pauseMs))
    }
  }

  #take(): boolean {
    // Ten times a tenth is a little less than one.
    if (this.#tokens < 1 - 1e-9) return false
    this.#tokens -= 1
    return true
  }
}
