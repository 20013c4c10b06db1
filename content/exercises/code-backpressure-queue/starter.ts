import { Overloaded, TooLate } from './jobs.ts'
import type { Job } from './jobs.ts'

export interface QueueOptions {
  /** Jobs that may run at once. */
  workers: number
  /** Jobs that may wait. */
  capacity: number
  /** A steady clock in ms: `setTimeout` runs by it as well. */
  nowMs: () => number
}

/** Runs jobs, a few at a time, the oldest first. */
export class WorkQueue {
  constructor(private readonly options: QueueOptions) {}

  /**
   * The result of the job.
   * @throws Overloaded at once, when it can neither run nor wait
   * @throws TooLate as soon as it cannot start in time, or at its deadline when it runs
   */
  async submit<T>(job: Job<T>): Promise<T> {
    return job.run({ deadlineMs: job.deadlineMs, signal: new AbortController().signal })
  }
}
