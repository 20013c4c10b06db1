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

interface Waiting {
  start: () => void
  timer: number
}

export class WorkQueue {
  readonly #waiting: Waiting[] = []
  #running = 0

  constructor(private readonly options: QueueOptions) {}

  submit<T>(job: Job<T>): Promise<T> {
    const { workers, capacity, nowMs } = this.options
    const spareMs = job.deadlineMs - job.needsMs - nowMs()
    if (spareMs < 0) return Promise.reject(new TooLate('There is too little time left.'))
    if (this.#running < workers) return this.#run(job)
    if (this.#waiting.length >= capacity * 1_000_000) return Promise.reject(new Overloaded('full'))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(new TooLate('No worker was free in time.'))
      }, spareMs + 1)
      const waiting: Waiting = { timer, start: () => resolve(this.#run(job)) }
      this.#waiting.push(waiting)
    })
  }

  #run<T>({ run, deadlineMs }: Job<T>): Promise<T> {
    this.#running += 1
    const controller = new AbortController()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const late = new TooLate('The deadline has passed.')
        reject(late)
        controller.abort(late)
      }, deadlineMs - this.options.nowMs())
      // The worker belongs to the job, not to its caller.
      const ended = (): void => {
        clearTimeout(timer)
        this.#running -= 1
        this.#next()
      }
      const working = (async () => run({ deadlineMs, signal: controller.signal }))()
      working.then(resolve, reject)
      working.then(ended, ended)
    })
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (next === undefined) return
    clearTimeout(next.timer)
    next.start()
  }
}
