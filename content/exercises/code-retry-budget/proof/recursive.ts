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

/** Counts in thousandths, so that ten tenths are one. */
export class Retrier {
  private readonly unit = 1000
  private left: number
  private readonly options: RetrierOptions

  constructor(options: RetrierOptions) {
    this.options = options
    this.left = options.burst * this.unit
  }

  run<T>(call: () => Promise<T>): Promise<T> {
    const ceiling = this.options.burst * this.unit
    this.left += Math.round(this.options.ratio * this.unit)
    if (this.left > ceiling) this.left = ceiling
    return this.attempt(call, this.options.attempts - 1)
  }

  private async attempt<T>(call: () => Promise<T>, more: number): Promise<T> {
    let failure: Unavailable
    try {
      return await call()
    } catch (error) {
      if (error instanceof Unavailable && error.retryable) failure = error
      else throw error
    }
    const paid = more > 0 && this.left >= this.unit
    if (!paid) throw new Unavailable(`given up: ${failure.message}`, { cause: failure, retryable: false })
    this.left -= this.unit
    const pause = Promise.withResolvers<void>()
    setTimeout(pause.resolve, Math.round(this.options.random() * this.options.pauseMs))
    await pause.promise
    return this.attempt(call, more - 1)
  }
}
