import { Overloaded, TooLate } from './jobs.ts'
import type { Job } from './jobs.ts'

export interface QueueOptions {
  workers: number
  capacity: number
  nowMs: () => number
}

type Turn = () => void

/** A semaphore with a bounded line in front, and a race against two alarms. */
export class WorkQueue {
  #free: number
  #line = new Set<Turn>()

  constructor(readonly options: QueueOptions) {
    this.#free = options.workers
  }

  async submit<T>(job: Job<T>): Promise<T> {
    await this.#turn(job.deadlineMs - job.needsMs)
    const left = job.deadlineMs - this.options.nowMs()
    const signal = AbortSignal.timeout(left)
    const work = this.#work(job, signal)
    const alarm = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new TooLate(`not done after ${left} ms`)), { once: true })
    })
    return Promise.race([work, alarm])
  }

  async #work<T>(job: Job<T>, signal: AbortSignal): Promise<T> {
    try {
      return await job.run({ deadlineMs: job.deadlineMs, signal })
    } finally {
      const [first] = this.#line
      if (first) {
        this.#line.delete(first)
        first()
      } else this.#free += 1
    }
  }

  #turn(latestMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const left = latestMs - this.options.nowMs()
      if (left < 0) return reject(new TooLate('no time left'))
      if (this.#free > 0) {
        this.#free -= 1
        return resolve()
      }
      if (this.#line.size === this.options.capacity) return reject(new Overloaded('the line is full'))
      const turn = () => {
        clearTimeout(alarm)
        resolve()
      }
      const alarm = setTimeout(() => {
        this.#line.delete(turn)
        reject(new TooLate('still in the line'))
      }, left + 1)
      this.#line.add(turn)
    })
  }
}
