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
  constructor(private readonly options: RetrierOptions) {}

  async run<T>(call: () => Promise<T>): Promise<T> {
    const { attempts, pauseMs, random } = this.options
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof Unavailable) || !error.retryable) throw error
        if (attempt >= attempts) throw new Unavailable('No more retries.', { retryable: false, cause: error })
      }
      await new Promise<void>((resolve) => setTimeout(resolve, random() * pauseMs))
    }
  }

}
